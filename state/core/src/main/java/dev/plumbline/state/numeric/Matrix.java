package dev.plumbline.state.numeric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A small square matrix.
 *
 * @param rows as many rows as columns, at least one
 */
public record Matrix(List<List<Double>> rows) {

  private static final int MOST_SWEEPS = 100;

  public Matrix {
    rows = rows.stream().map(List::copyOf).toList();
    int size = rows.size();
    if (size == 0 || rows.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException("expected as many rows as columns, were " + rows);
    }
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** The entry of a row and a column, from 0. */
  public double at(int row, int column) {
    return rows.get(row).get(column);
  }

  /** The transpose of this matrix times itself: symmetric, with squared singular values. */
  public Matrix gram() {
    List<List<Double>> product = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < size(); j++) {
        double sum = 0;
        for (int k = 0; k < size(); k++) {
          sum += at(k, i) * at(k, j);
        }
        row.add(sum);
      }
      product.add(row);
    }
    return new Matrix(product);
  }

  /** The transpose of this matrix times a vector. */
  public List<Double> transposedTimes(List<Double> vector) {
    List<Double> product = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      double sum = 0;
      for (int k = 0; k < size(); k++) {
        sum += at(k, i) * vector.get(k);
      }
      product.add(sum);
    }
    return product;
  }

  /** This matrix with the same amount more on its diagonal. */
  public Matrix plusDiagonal(double amount) {
    List<List<Double>> sums = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      List<Double> row = new ArrayList<>(rows.get(i));
      row.set(i, row.get(i) + amount);
      sums.add(row);
    }
    return new Matrix(sums);
  }

  /**
   * The x with {@code A x = b}, by elimination with partial pivoting; undefined where a pivot is 0.
   */
  public Optional<List<Double>> solve(List<Double> b) {
    int n = size();
    double[][] a = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = at(i, j);
      }
      a[i][n] = b.get(i);
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
      }
      if (a[pivot][column] == 0) {
        return Optional.empty();
      }
      double[] swapped = a[pivot];
      a[pivot] = a[column];
      a[column] = swapped;
      eliminate(a, column);
    }
    return Optional.of(substituted(a));
  }

  private static void eliminate(double[][] a, int column) {
    for (int row = column + 1; row < a.length; row++) {
      double factor = a[row][column] / a[column][column];
      for (int j = column; j <= a.length; j++) {
        a[row][j] -= factor * a[column][j];
      }
    }
  }

  private static List<Double> substituted(double[][] a) {
    int n = a.length;
    List<Double> x = new ArrayList<>(Collections.nCopies(n, 0.0));
    for (int row = n - 1; row >= 0; row--) {
      double rest = a[row][n];
      for (int j = row + 1; j < n; j++) {
        rest -= a[row][j] * x.get(j);
      }
      x.set(row, rest / a[row][row]);
    }
    return x;
  }

  /** The smallest singular value, at least 0: how far this matrix is from a singular one. */
  public double smallestSingularValue() {
    double[][] a = new double[size()][size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        a[i][j] = at(i, j);
      }
    }
    boolean isRotated = true;
    for (int sweep = 0; isRotated && sweep < MOST_SWEEPS; sweep++) {
      isRotated = false;
      for (int p = 0; p < size(); p++) {
        for (int q = p + 1; q < size(); q++) {
          isRotated |= rotate(a, p, q);
        }
      }
    }
    double smallest = Double.POSITIVE_INFINITY;
    for (int column = 0; column < size(); column++) {
      smallest = Math.min(smallest, Math.sqrt(product(a, column, column)));
    }
    return smallest;
  }

  /**
   * Makes two columns orthogonal; false if they are.
   *
   * <p>Source: Hestenes (1958), "Inversion of matrices by biorthogonalization and related results".
   */
  private static boolean rotate(double[][] a, int p, int q) {
    double alpha = product(a, p, p);
    double beta = product(a, q, q);
    double gamma = product(a, p, q);
    if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta)) {
      return false;
    }
    double zeta = (beta - alpha) / (2 * gamma);
    double t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
    double cosine = 1 / Math.sqrt(1 + t * t);
    double sine = cosine * t;
    for (double[] row : a) {
      double before = row[p];
      row[p] = cosine * before - sine * row[q];
      row[q] = sine * before + cosine * row[q];
    }
    return true;
  }

  private static double product(double[][] a, int p, int q) {
    double sum = 0;
    for (double[] row : a) {
      sum += row[p] * row[q];
    }
    return sum;
  }
}

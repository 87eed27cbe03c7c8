package dev.plumbline.e2e.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source tree that is tested: its modules, files and classes. */
final class House {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final String GENERATED = "/dev/plumbline/schemas/avro/";

  /** The folder of the root pom. */
  static final Path ROOT = root();

  private House() {}

  /** Folders of the modules, in the order of the root pom. */
  static List<String> modules() {
    Matcher modules = MODULE.matcher(text(ROOT.resolve("pom.xml")));
    return modules.results().map(found -> found.group(1)).toList();
  }

  /** The classes of all modules that were built, without those that are generated. */
  static JavaClasses classes() {
    List<Path> built =
        modules().stream()
            .map(module -> ROOT.resolve(module).resolve("target/classes"))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains(GENERATED))
        .importPaths(built);
  }

  /** Files under a folder of the tree, without what is built or belongs to the version control. */
  static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).filter(House::isSource).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /** The Java files of all modules, tests included. */
  static List<Path> javaFiles() {
    return modules().stream()
        .flatMap(module -> files(ROOT.resolve(module)).stream())
        .filter(file -> file.toString().endsWith(".java"))
        .toList();
  }

  /** A file of the tree as text. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static boolean isSource(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (part.toString().equals("target") || part.toString().equals(".git")) {
        return false;
      }
    }
    return true;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path pom = folder.resolve("pom.xml");
      if (Files.isRegularFile(pom) && text(pom).contains("<modules>")) {
        return folder;
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException(
        "no pom.xml with <modules> above " + Path.of("").toAbsolutePath() + "; run in the tree");
  }
}

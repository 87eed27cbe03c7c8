package dev.plumbline.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a tidy file looks like, checked on the sources of every module. */
final class TidyTest {

  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 60;
  private static final int README_LINES = 150;

  /** Time in one literature, population in the other: say window or subgroup. */
  private static final String AMBIGUOUS = "slice";

  // In two parts, so that this file does not hold them.
  private static final Pattern POSTPONED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
  private static final Set<String> TEXTS =
      Set.of("java", "md", "xml", "yaml", "yml", "avsc", "sh", "properties", "");

  private static final Findings FOUND = new Findings();

  /** What is wrong, by kind of wrong, each with its place. */
  private static final class Findings {
    private final List<String> longMethods = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();
    private final List<String> ambiguous = new ArrayList<>();
    private int types;
  }

  @BeforeAll
  static void readAllSources() throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(House.javaFiles()));
      Iterable<? extends CompilationUnitTree> units = task.parse();
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : units) {
        new Reader(unit, docs).scan(new TreePath(unit), null);
      }
    }
  }

  @Test
  void theSourcesWereRead() {
    assertThat(FOUND.types).isGreaterThan(House.javaFiles().size() / 2);
  }

  @Test
  void noFileIsLongerThan400Lines() {
    List<String> tooLong =
        House.javaFiles().stream()
            .filter(file -> lines(file) > FILE_LINES)
            .map(file -> place(file) + ": " + lines(file) + " lines")
            .toList();

    assertThat(tooLong).as("files over %d lines; divide by subject", FILE_LINES).isEmpty();
  }

  @Test
  void noMethodIsLongerThan60Lines() {
    assertThat(FOUND.longMethods).as("methods over %d lines", METHOD_LINES).isEmpty();
  }

  @Test
  void everyPublicTypeIsDocumented() {
    assertThat(FOUND.undocumented).as("public types without Javadoc").isEmpty();
  }

  @Test
  void noNameIsAmbiguous() {
    assertThat(FOUND.ambiguous)
        .as("names with \"%s\"; say window or subgroup", AMBIGUOUS)
        .isEmpty();
  }

  @Test
  void nothingIsPostponedInTheCode() {
    List<String> postponed =
        House.files(House.ROOT).stream()
            .filter(file -> TEXTS.contains(ending(file)))
            .filter(file -> POSTPONED.matcher(House.text(file)).find())
            .map(TidyTest::place)
            .toList();

    assertThat(postponed).as("what is to be done is an issue, not a comment").isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    List<String> silent =
        House.javaFiles().stream()
            .map(Path::getParent)
            .filter(folder -> folder.toString().contains("/src/main/java/"))
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .map(TidyTest::place)
            .toList();

    assertThat(silent).as("packages without package-info.java").isEmpty();
  }

  @Test
  void everyModuleHasAShortReadme() {
    for (String module : House.modules()) {
      assertThat(House.ROOT.resolve(module).resolve("README.md")).isRegularFile();
    }
    assertThat(House.files(House.ROOT))
        .filteredOn(file -> file.endsWith("README.md"))
        .allSatisfy(
            readme ->
                assertThat(lines(readme))
                    .as("lines of %s", place(readme))
                    .isLessThanOrEqualTo(README_LINES));
  }

  @Test
  void theReadmeListsEveryModule() {
    String readme = House.text(House.ROOT.resolve("README.md"));

    assertThat(House.modules())
        .allSatisfy(module -> assertThat(readme).contains("`" + module + "`"));
  }

  @Test
  void everyPomIsAModule() {
    List<String> poms =
        House.files(House.ROOT).stream()
            .filter(file -> file.endsWith("pom.xml"))
            .map(Path::getParent)
            .filter(folder -> !folder.equals(House.ROOT))
            .map(TidyTest::place)
            .toList();

    assertThat(poms).containsExactlyInAnyOrderElementsOf(House.modules());
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).equals(name)
        ? ""
        : name.substring(name.lastIndexOf('.') + 1);
  }

  private static String place(Path file) {
    return House.ROOT.relativize(file).toString();
  }

  /** Looks at everything that one file declares. */
  private static final class Reader extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final String file;

    Reader(CompilationUnitTree unit, DocTrees docs) {
      this.unit = unit;
      this.docs = docs;
      this.file = place(Path.of(unit.getSourceFile().toUri()));
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      FOUND.types++;
      look(type.getSimpleName().toString(), type);
      boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
      boolean isProduct = file.contains("/src/main/");
      if (isPublic && isProduct && docs.getDocComment(getCurrentPath()) == null) {
        FOUND.undocumented.add(file + ":" + line(start(type)) + " " + type.getSimpleName());
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      look(method.getName().toString(), method);
      long end = docs.getSourcePositions().getEndPosition(unit, method);
      if (end >= 0) {
        long lines = line(end) - line(start(method)) + 1;
        if (lines > METHOD_LINES) {
          FOUND.longMethods.add(file + " " + method.getName() + ": " + lines + " lines");
        }
      }
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      look(variable.getName().toString(), variable);
      return super.visitVariable(variable, null);
    }

    private void look(String name, Tree tree) {
      if (name.toLowerCase(Locale.ROOT).contains(AMBIGUOUS)) {
        FOUND.ambiguous.add(file + ":" + line(start(tree)) + " " + name);
      }
    }

    private long start(Tree tree) {
      return docs.getSourcePositions().getStartPosition(unit, tree);
    }

    private long line(long position) {
      LineMap lines = unit.getLineMap();
      return lines.getLineNumber(position);
    }
  }
}

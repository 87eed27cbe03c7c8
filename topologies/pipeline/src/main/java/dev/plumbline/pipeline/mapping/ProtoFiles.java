package dev.plumbline.pipeline.mapping;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From the texts of .proto files to what Protobuf reads messages with. */
final class ProtoFiles {

  private static final String MAIN = "registered.proto";

  private final Schema schema;
  private final SchemaEncoder encoder;
  private final Map<String, FileDescriptor> descriptors = new HashMap<>();

  private ProtoFiles(Schema schema) {
    this.schema = schema;
    this.encoder = new SchemaEncoder(schema);
  }

  /**
   * The descriptor of a file.
   *
   * @param imports texts of the files that it imports, directly or not, by the path that is
   *     imported; those of Protobuf itself are known
   * @throws RuntimeException if the texts are no .proto files, or do not fit together
   * @throws DescriptorValidationException if they contradict themselves
   * @throws InvalidProtocolBufferException never for what was parsed
   */
  static FileDescriptor descriptor(String text, Map<String, String> imports)
      throws DescriptorValidationException, InvalidProtocolBufferException {
    Map<String, String> texts = new HashMap<>(imports);
    texts.put(MAIN, text);
    Loader loader = new Texts(texts);
    ErrorCollector errors = new ErrorCollector();
    Schema schema = new Linker(loader, errors, true, true).link(List.of(loader.load(MAIN)));
    errors.throwIfNonEmpty();
    return new ProtoFiles(schema).descriptor(MAIN);
  }

  private FileDescriptor descriptor(String path)
      throws DescriptorValidationException, InvalidProtocolBufferException {
    FileDescriptor known = descriptors.get(path);
    if (known != null) {
      return known;
    }
    ProtoFile file = schema.protoFile(path);
    if (file == null) {
      throw new IllegalArgumentException("the import " + path + " is not there");
    }
    FileDescriptorProto proto = FileDescriptorProto.parseFrom(encoder.encode(file).toByteArray());
    List<FileDescriptor> imports = new ArrayList<>();
    for (String dependency : proto.getDependencyList()) {
      imports.add(descriptor(dependency));
    }
    FileDescriptor descriptor =
        FileDescriptor.buildFrom(proto, imports.toArray(new FileDescriptor[0]));
    descriptors.put(path, descriptor);
    return descriptor;
  }

  /** Files by path; what is not among them comes with Protobuf. */
  private record Texts(Map<String, String> texts) implements Loader {

    @Override
    public ProtoFile load(String path) {
      String text = texts.get(path);
      return text == null
          ? CoreLoader.INSTANCE.load(path)
          : ProtoFile.Companion.get(ProtoParser.Companion.parse(Location.get(path), text));
    }

    @Override
    public Loader withErrors(ErrorCollector errors) {
      return this;
    }
  }
}

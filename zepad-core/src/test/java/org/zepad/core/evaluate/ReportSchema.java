package org.zepad.core.evaluate;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;

/** The published JSON Schema of reports. */
public final class ReportSchema {
  private ReportSchema() {}

  /** What is wrong with a report; empty if nothing is. */
  public static Set<ValidationMessage> problems(String json) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Report.class.getResourceAsStream("report.schema.json"))) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
      return schema.validate(json, InputFormat.JSON);
    }
  }
}

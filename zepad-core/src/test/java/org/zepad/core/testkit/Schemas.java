package org.zepad.core.testkit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;
import org.zepad.core.evaluate.Reports;
import org.zepad.core.experiment.ExperimentReport;

/** The published JSON Schemas of reports. */
public final class Schemas {
  private static final String REPORT = "urn:zepad:report:2";

  private Schemas() {}

  /** What is wrong with the report of an evaluation; empty if nothing is. */
  public static Set<ValidationMessage> problemsOfReport(String json) {
    return problems(Reports.schema(), json);
  }

  /** What is wrong with the report of an experiment; empty if nothing is. */
  public static Set<ValidationMessage> problemsOfExperiment(String json) {
    return problems(ExperimentReport.schema(), json);
  }

  private static Set<ValidationMessage> problems(String schema, String json) {
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders -> loaders.schemas(Map.of(REPORT, Reports.schema()))));
    return factory.getSchema(schema).validate(json, InputFormat.JSON);
  }
}

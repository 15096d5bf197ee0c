package dev.conductor.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** CSV as all exports write it: a line of names, lines ended as RFC 4180 has it. Any thread. */
final class CsvSheet {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private CsvSheet() {}

  /** Begins a sheet in UTF-8 with these columns. */
  static JsonGenerator begin(final OutputStream to, final List<String> columns) throws IOException {
    final CsvSchema.Builder schema = CsvSchema.builder();
    columns.forEach(schema::addColumn);
    final CsvGenerator out = MAPPER.getFactory().createGenerator(to);
    out.setSchema(schema.build().withHeader().withLineSeparator("\r\n"));
    return out;
  }
}

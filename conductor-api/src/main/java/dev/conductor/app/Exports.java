package dev.conductor.app;

import dev.conductor.config.DataConfig;
import dev.conductor.http.ExportOrder;
import dev.conductor.http.ExportSource;
import dev.conductor.query.CallRecordExport;
import dev.conductor.query.DirectoryExport;
import dev.conductor.store.CallRecordReader;
import dev.conductor.store.DirectoryReader;
import java.io.OutputStream;

/**
 * Writes what a store holds, its server up or not: for the command and for the functions. Any
 * thread; immutable.
 */
final class Exports implements ExportSource {
  private final DataConfig data;

  /** Of this store. */
  Exports(final DataConfig data) {
    this.data = data;
  }

  @Override
  public void write(final ExportOrder order, final OutputStream to) {
    switch (order.what()) {
      case CALLS -> calls(order, to);
      case PERSONS ->
          directory(
              order,
              order.csv() ? DirectoryExport.Kind.PERSONS_CSV : DirectoryExport.Kind.PERSONS_JSON,
              to);
      default ->
          directory(
              order,
              order.csv()
                  ? DirectoryExport.Kind.CONFERENCES_CSV
                  : DirectoryExport.Kind.CONFERENCES_JSON,
              to);
    }
  }

  private void directory(
      final ExportOrder order, final DirectoryExport.Kind kind, final OutputStream to) {
    try (DirectoryReader reader = DirectoryReader.open(data);
        DirectoryExport export = DirectoryExport.to(to, kind)) {
      reader.read(order.customerUid(), order.conferenceUid(), export::write);
    }
  }

  private void calls(final ExportOrder order, final OutputStream to) {
    try (CallRecordReader reader = CallRecordReader.open(data);
        CallRecordExport export =
            order.csv() ? CallRecordExport.csv(to) : CallRecordExport.json(to)) {
      reader.read(
          new CallRecordReader.Whose(order.customerUid(), order.conferenceUid()),
          order.fromMs(),
          order.toMs(),
          export::write);
    }
  }
}

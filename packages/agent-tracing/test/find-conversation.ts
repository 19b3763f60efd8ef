import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [, QUERY = ''] =
  /```sql\n([^`]+)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8')) ?? [];

/** What the query asks of a span. */
export interface StoredSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly name: string;
  readonly attributes: object;
}

/** The names of all spans that the query of the README finds in a table of these spans. */
export function findConversation(spans: readonly StoredSpan[], conversationId: string): string[] {
  using database = new DatabaseSync(':memory:');
  database.exec(
    'CREATE TABLE spans (trace_id TEXT, span_id TEXT, parent_span_id TEXT, name TEXT, attributes TEXT)',
  );
  const insert = database.prepare('INSERT INTO spans VALUES (?, ?, ?, ?, ?)');
  for (const { traceId, spanId, parentSpanId, name, attributes } of spans)
    insert.run(traceId, spanId, parentSpanId ?? null, name, JSON.stringify(attributes));
  const query = QUERY.replaceAll('conversation-42', conversationId);
  return database
    .prepare(query)
    .all()
    .map(({ name }) => String(name))
    .toSorted();
}

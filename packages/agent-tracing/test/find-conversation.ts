import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { DecodedSpan } from '@llm-otel/testing';

const [, QUERY = ''] =
  /```sql\n([^`]+)```/.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8')) ?? [];

/** The names of all spans that the query of the README finds in a table of these spans. */
export function findConversation(spans: readonly DecodedSpan[], conversationId: string): string[] {
  using database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE spans (trace_id TEXT, name TEXT, attributes TEXT)');
  const insert = database.prepare('INSERT INTO spans VALUES (?, ?, ?)');
  for (const { traceId, name, attributes } of spans)
    insert.run(traceId, name, JSON.stringify(attributes));
  const query = QUERY.replace('conversation-42', conversationId);
  return database
    .prepare(query)
    .all()
    .map(({ name }) => String(name))
    .toSorted();
}

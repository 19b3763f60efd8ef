import { DatabaseSync } from 'node:sqlite';
import type { ContextEnvelope } from '@llm-otel/propagation';

/** A message in the outbox table. `headers` carries the trace context of the one who wrote it. */
export interface OutboxMessage {
  readonly id: number;
  readonly topic: string;
  readonly body: string;
  readonly headers: ContextEnvelope;
}

/** Opens the database that the processes of the demo share. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  // Two processes write: a writer waits for the other one instead of failing.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000');
  database.exec(
    'CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, topic TEXT, body TEXT, headers TEXT, taken INTEGER DEFAULT 0)',
  );
  return database;
}

/** Writes a message in the caller's transaction: it is sent if, and only if, the caller's work is kept. */
export function putMessage(database: DatabaseSync, message: Omit<OutboxMessage, 'id'>): number {
  const { lastInsertRowid } = database
    .prepare('INSERT INTO outbox (topic, body, headers) VALUES (?, ?, ?)')
    .run(message.topic, message.body, JSON.stringify(message.headers));
  return Number(lastInsertRowid);
}

/** Takes the oldest message that nobody took, or `undefined`. */
export function takeMessage(database: DatabaseSync): OutboxMessage | undefined {
  const row = database
    .prepare(
      'UPDATE outbox SET taken = 1 WHERE id = (SELECT min(id) FROM outbox WHERE taken = 0) RETURNING id, topic, body, headers',
    )
    .get();
  if (row === undefined) return undefined;
  return {
    id: Number(row.id),
    topic: String(row.topic),
    body: String(row.body),
    headers: JSON.parse(String(row.headers)) as ContextEnvelope,
  };
}

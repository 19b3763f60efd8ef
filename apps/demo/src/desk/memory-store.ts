import type { DatabaseSync } from 'node:sqlite';

export interface MemoryRecord {
  readonly id: string;
  readonly content: string;
}

/** What the agents learned about a customer, kept from one ticket to the next. */
export class MemoryStore {
  readonly id = 'desk-memory';
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS memory (id TEXT PRIMARY KEY, customer TEXT, content TEXT)',
    );
  }

  upsert(customer: string, record: MemoryRecord): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO memory (id, customer, content) VALUES (?, ?, ?)')
      .run(record.id, customer, record.content);
  }

  search(customer: string): MemoryRecord[] {
    return this.#database
      .prepare('SELECT id, content FROM memory WHERE customer = ? ORDER BY id')
      .all(customer)
      .map((row) => ({ id: String(row.id), content: String(row.content) }));
  }
}

import type { DatabaseSync } from 'node:sqlite';
import type { Charge } from './charge.ts';

const CHARGES: readonly Charge[] = [
  { id: 'ch_1', invoice: 'INV-2041', amountCents: 4900, currency: 'EUR' },
  { id: 'ch_2', invoice: 'INV-2041', amountCents: 4900, currency: 'EUR' },
  { id: 'ch_3', invoice: 'INV-2042', amountCents: 1250, currency: 'EUR' },
];

/** Makes and fills the table of charges. */
export function createCharges(database: DatabaseSync): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS charge (id TEXT PRIMARY KEY, invoice TEXT, amountCents INTEGER, currency TEXT, refunded INTEGER DEFAULT 0)',
  );
  const insert = database.prepare(
    'INSERT OR IGNORE INTO charge (id, invoice, amountCents, currency) VALUES (?, ?, ?, ?)',
  );
  for (const { id, invoice, amountCents, currency } of CHARGES)
    insert.run(id, invoice, amountCents, currency);
}

export function chargesOf(database: DatabaseSync, invoice: string): Charge[] {
  return database
    .prepare('SELECT id, invoice, amountCents, currency FROM charge WHERE invoice = ? ORDER BY id')
    .all(invoice)
    .map((row) => ({
      id: String(row.id),
      invoice: String(row.invoice),
      amountCents: Number(row.amountCents),
      currency: String(row.currency),
    }));
}

/** Runs `work` in the transaction that marks the charge as refunded. `false` when there is nothing to refund. */
export function refundCharge(database: DatabaseSync, chargeId: string, work: () => void): boolean {
  database.exec('BEGIN IMMEDIATE');
  try {
    const { changes } = database
      .prepare('UPDATE charge SET refunded = 1 WHERE id = ? AND refunded = 0')
      .run(chargeId);
    if (changes === 1) work();
    database.exec('COMMIT');
    return changes === 1;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

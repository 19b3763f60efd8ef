import type { DatabaseSync } from 'node:sqlite';

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface FoundArticle extends Article {
  /** Higher is better. */
  readonly score: number;
}

const ARTICLES: readonly Article[] = [
  {
    id: 'kb-101',
    title: 'Refunds for duplicate charges',
    text: 'A customer who was charged twice for one invoice gets the second charge back within five working days. Refunds up to 200 EUR need no approval.',
  },
  {
    id: 'kb-102',
    title: 'When an API key stops working',
    text: 'Keys are disabled when they appear in a public place. Ask the customer to create a new key in the console and never to send keys by mail.',
  },
  {
    id: 'kb-103',
    title: 'Invoices and tax',
    text: 'Invoices show tax by country. A changed address takes effect with the next invoice.',
  },
  {
    id: 'kb-104',
    title: 'Charge dates and currencies',
    text: 'Cards are charged on the first of the month in the currency of the contract. Banks convert other currencies at the rate of the day.',
  },
  {
    id: 'kb-105',
    title: 'Escalation to a person',
    text: 'Hand the ticket to a person when the customer asks for it, when the refund is above 200 EUR, or when two tools in a row failed.',
  },
];

/** Fills the full-text index. */
export function createCorpus(database: DatabaseSync): void {
  database.exec('CREATE VIRTUAL TABLE IF NOT EXISTS article USING fts5(id UNINDEXED, title, text)');
  const insert = database.prepare('INSERT INTO article (id, title, text) VALUES (?, ?, ?)');
  for (const { id, title, text } of ARTICLES) insert.run(id, title, text);
}

/** The `limit` best articles for the words of `query`, best first. */
export function searchCorpus(database: DatabaseSync, query: string, limit: number): FoundArticle[] {
  const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  const rows = database
    .prepare(
      'SELECT id, title, text, -bm25(article) AS score FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT ?',
    )
    // Each word is quoted: the text of a ticket must not become query syntax.
    .all(words.map((word) => `"${word}"`).join(' OR '), limit);
  return rows.map((row) => ({
    id: String(row.id),
    title: String(row.title),
    text: String(row.text),
    score: Number(row.score),
  }));
}

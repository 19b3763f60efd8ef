import { expect, test } from 'vitest';
import { openDatabase, putMessage, takeMessage } from './outbox.ts';

test('messages are taken once, oldest first, with their headers', () => {
  const database = openDatabase(':memory:');
  putMessage(database, { topic: 'refunds', body: 'first', headers: { traceparent: 'a' } });
  putMessage(database, { topic: 'refunds', body: 'second', headers: {} });

  expect(takeMessage(database)).toMatchObject({ body: 'first', headers: { traceparent: 'a' } });
  expect(takeMessage(database)).toMatchObject({ body: 'second' });
  expect(takeMessage(database)).toBeUndefined();
});

test('a message of a transaction that was rolled back is never taken', () => {
  const database = openDatabase(':memory:');

  database.exec('BEGIN');
  putMessage(database, { topic: 'refunds', body: 'no', headers: {} });
  database.exec('ROLLBACK');

  expect(takeMessage(database)).toBeUndefined();
});

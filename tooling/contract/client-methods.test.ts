import { expect, test } from 'vitest';
import { clientMethods, unaccounted } from './client-methods.ts';

class Batches {
  _client = {};
  create(): void {}
}
class Messages {
  _client = {};
  batches = new Batches();
  create(): void {}
  _hidden(): void {}
}
class Client {
  messages = new Messages();
  options = { retry(): void {} };
  post(): void {}
}

const methods = clientMethods(new Client(), (value) => '_client' in value);

test('the methods of resources are found by their paths, those of the client itself and of its options are not', () => {
  expect(methods).toEqual(['messages.batches.create', 'messages.create']);
});

test('a method is observed, or left with a reason, or told', () => {
  expect(unaccounted(methods, ['messages.create'], {})).toEqual({
    unknown: ['messages.batches.create'],
    stale: [],
  });
  for (const entry of ['messages.batches: create', 'messages.batches.*'])
    expect(unaccounted(methods, ['messages.create'], { reason: [entry] }).unknown).toEqual([]);
});

test('what is listed as left and has gone, or is observed by now, is told', () => {
  const left = { reason: ['messages: create stream', 'messages.batches: create', 'files.*'] };

  expect(unaccounted(methods, ['messages.create'], left).stale).toEqual([
    'messages.create',
    'messages.stream',
    'files.*',
  ]);
});

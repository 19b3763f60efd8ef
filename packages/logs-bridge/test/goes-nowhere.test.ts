import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { bridgeConsole } from '@llm-otel/logs-bridge';
import { diag, type DiagLogger, logs } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loggerProvider as recording, takeRecords } from './recorded-logs.ts';

const KEY_OF_1_9 = Symbol.for('io.opentelemetry.js.api.logs');
let output: Console;
let remove: () => void;
let told: string[] = [];

beforeEach(() => {
  output = new Console(new PassThrough().resume());
  remove = bridgeConsole({ console: output });
  told = [];
});
afterEach(() => {
  remove();
  diag.disable();
  logs.disable();
  Reflect.deleteProperty(globalThis, KEY_OF_1_9);
});

function listen(): void {
  // A logger of the application that writes to the console which is bridged.
  const say = (line: string): void => {
    told.push(line);
    output.error(line);
  };
  const logger: DiagLogger = { error: say, warn: say, info: say, debug: say, verbose: say };
  diag.setLogger(logger, { suppressOverrideMessage: true });
}

test('that lines go nowhere is told once, when there is somebody to tell it', () => {
  output.log('before anybody listens');
  listen();
  output.log('a');
  output.log('b');

  expect(told).toHaveLength(1);
  expect(told[0]).toContain('what console writes goes nowhere');
  expect(told[0]).toContain('startTelemetry({ logs: true })');
});

test.each([
  ['the API', () => void logs.setGlobalLoggerProvider(recording)],
  ['api-logs beside API 1.9', () => void Reflect.set(globalThis, KEY_OF_1_9, () => recording)],
])('nothing is told where a provider is registered with %s', (_name, register) => {
  listen();
  register();
  output.log('a');

  expect(told).toEqual([]);
  takeRecords();
});

test('after that was told, a provider that is registered later is found all the same', () => {
  listen();
  output.log('a');
  logs.setGlobalLoggerProvider(recording);
  output.log('b');

  expect(told).toHaveLength(1);
  expect(takeRecords().map(({ body }) => body)).toEqual(['b']);
});

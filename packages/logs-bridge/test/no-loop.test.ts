import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { context as contextApi, diag, DiagLogLevel, logs } from '@opentelemetry/api';
import { suppressTracing } from './suppress-tracing.ts';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { pino } from 'pino';
import { createLogger, transports } from 'winston';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bridgeConsole, bridgePino, bridgeWinston } from '@llm-otel/logs-bridge';
import { loggerProvider as recording, takeRecords, useContexts } from './recorded-logs.ts';

// An exporter that logs what it does, by every way it may take, must not make records of that.

type Records = readonly { readonly body?: unknown }[];
let lines: string[] = [];
let output: Console;
const cleanUps: (() => void)[] = [];

beforeEach(() => {
  lines = [];
  const stream = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  output = new Console(stream, stream);
  cleanUps.push(useContexts());
});
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function exporterThat(whileExporting: () => void): { exported: unknown[]; exporter: never } {
  const exported: unknown[] = [];
  const exporter = {
    export(records: Records, done: (result: { code: number; error?: Error }) => void) {
      exported.push(...records.map(({ body }) => body));
      whileExporting();
      done({ code: 1, error: new Error('receiver is away') });
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return { exported, exporter: exporter as never };
}

test('inside export, at once', () => {
  const { exported, exporter } = exporterThat(() => output.error('export failed'));
  const loggerProvider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  cleanUps.push(bridgeConsole({ loggerProvider, console: output }));

  output.log('hello');

  expect(exported).toEqual(['hello']);
  expect(lines.join('')).toBe('hello\nexport failed\n');
});

test('through another logger that is bridged, without a context manager', () => {
  contextApi.disable();
  const { exported, exporter } = exporterThat(() => output.dir({ exported: 'a record' }));
  const loggerProvider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  cleanUps.push(bridgeConsole({ loggerProvider, console: output }), bridgePino({ loggerProvider }));

  pino({}, { write: () => undefined }).info('hello');

  expect(exported).toEqual(['hello']);
});

test('through a logger of winston that is bridged, in the middle of an entry', async () => {
  contextApi.disable();
  const log = createLogger({
    transports: [new transports.Stream({ stream: new PassThrough().resume() })],
  });
  const { exported, exporter } = exporterThat(() => log.error('export failed'));
  const loggerProvider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  bridgeWinston(log, { loggerProvider });

  log.info('hello');
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));

  expect(exported).toEqual(['hello']);
});

test('in a batch, later, in a context of the SDK', async () => {
  const log = pino({}, { write: (line) => void lines.push(line) });
  const { exported, exporter } = exporterThat(() => {
    output.error('export failed');
    log.error('export failed');
  });
  const processor = new BatchLogRecordProcessor({ exporter });
  const loggerProvider = new LoggerProvider({ processors: [processor] });
  cleanUps.push(bridgeConsole({ loggerProvider, console: output }), bridgePino({ loggerProvider }));

  output.log('hello');
  for (let round = 0; round < 5; round++) await processor.forceFlush().catch(() => undefined);

  expect(exported).toEqual(['hello']);
});

test('through the diagnostics of OpenTelemetry, set before the bridge or after', () => {
  const toConsole = {
    error: (message: string) => output.error(message),
    warn: (message: string) => output.warn(message),
    info: (message: string) => output.info(message),
    debug: (message: string) => output.debug(message),
    verbose: (message: string) => output.debug(message),
  };
  cleanUps.push(() => diag.disable());
  diag.setLogger({ ...toConsole }, DiagLogLevel.ALL);
  cleanUps.push(bridgeConsole({ loggerProvider: recording, console: output }));
  output.log('of the application');
  takeRecords();
  lines = [];

  diag.error('export failed');
  diag.debug('again');
  expect(lines).toEqual(['export failed\n', 'again\n']);
  expect(takeRecords()).toEqual([]);

  // Replaced later: the application's next line is enough to notice.
  diag.setLogger({ ...toConsole }, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  output.log('of the application');
  diag.error('export failed');
  expect(takeRecords().map(({ body }) => body)).toEqual(['of the application']);
});

test('in a context with tracing suppressed nothing is sent on', () => {
  cleanUps.push(bridgeConsole({ loggerProvider: recording, console: output }));

  contextApi.with(suppressTracing(contextApi.active()), () => output.log('inside'));
  output.log('outside');

  expect(takeRecords().map(({ body }) => body)).toEqual(['outside']);
});

test('a provider that throws or is missing costs the record, not the line', () => {
  const broken = {
    getLogger: () => ({
      emit() {
        throw new Error('broken');
      },
    }),
  };
  cleanUps.push(bridgeConsole({ loggerProvider: broken, console: output }));
  expect(() => output.log('a')).not.toThrow();

  const other = new Console(new PassThrough());
  cleanUps.push(bridgeConsole({ console: other }));
  expect(() => other.log('nobody is registered')).not.toThrow();
});

test('a provider that is registered later is found', () => {
  cleanUps.push(bridgeConsole({ console: output }));
  output.log('before');

  logs.setGlobalLoggerProvider(recording);
  cleanUps.push(() => logs.disable());
  output.log('after');

  expect(takeRecords().map(({ body }) => body)).toEqual(['after']);
});

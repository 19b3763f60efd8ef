import * as clientLibrary from '@modelcontextprotocol/client';
import * as serverLibrary from '@modelcontextprotocol/server';
import { Protocol } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { diag, type DiagLogger } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { findProtocolFiles } from './find-protocol-file.ts';
import { McpInstrumentation } from './mcp-instrumentation.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

/** What the base class does when a file of the library is loaded, and when the instrumentation is disabled. */
interface Hooks {
  readonly name: string;
  readonly files: readonly Hooks[];
  patch(library: unknown, version?: string): unknown;
  unpatch(library: unknown): void;
}

const instrumentation = new McpInstrumentation({ tracer });
const [client, server, first] = (instrumentation as unknown as { init(): Hooks[] }).init() as [
  Hooks,
  Hooks,
  Hooks,
];
const protocolFile = first.files[0] as Hooks;
const protocolLibrary = { Protocol };

afterEach(() => {
  client.unpatch(clientLibrary);
  server.unpatch(serverLibrary);
  protocolFile.unpatch(protocolLibrary);
  recorder.clear();
  diag.disable();
});

const info = { name: 'test', version: '1.0.0' };

async function useBoth(): Promise<void> {
  const [ours, theirs] = clientLibrary.InMemoryTransport.createLinkedPair();
  await new serverLibrary.McpServer(info).connect(theirs);
  const used = new clientLibrary.Client(info);
  await used.connect(ours);
  await used.close();
}

function connectOf(library: object, name: string): unknown {
  return (Reflect.get(library, name) as { prototype: { connect: unknown } }).prototype.connect;
}

test('every client and server is observed once the library is loaded, and once only', async () => {
  for (let time = 0; time < 2; time++) {
    client.patch(clientLibrary, '2.4.0');
    server.patch(serverLibrary, '2.4.0');
  }
  expect(Reflect.get(connectOf(clientLibrary, 'Client') as object, 'name')).toBe('connect');

  await useBoth();

  expect(recorder.spans.map(({ name }) => name).toSorted()).toEqual([
    'initialize',
    'initialize',
    'notifications/initialized',
    'notifications/initialized',
  ]);
});

test('what is disabled observes nothing, and what is taken back leaves the library as it was', async () => {
  const bare = connectOf(clientLibrary, 'Client');
  client.patch(clientLibrary, '2.4.0');
  const [ours, theirs] = clientLibrary.InMemoryTransport.createLinkedPair();
  await new serverLibrary.McpServer(info).connect(theirs);
  const connected = new clientLibrary.Client(info);
  await connected.connect(ours);
  recorder.clear();

  instrumentation.disable();
  await connected.ping();
  await useBoth();
  instrumentation.enable();
  client.unpatch(clientLibrary);
  await useBoth();

  expect(recorder.spans).toEqual([]);
  expect(connectOf(clientLibrary, 'Client')).toBe(bare);
});

test('a version that is not known is told once and left alone', () => {
  const warned = vi.fn<(...words: unknown[]) => void>();
  diag.setLogger({ warn: warned } as unknown as DiagLogger);
  const bare = connectOf(protocolLibrary, 'Protocol');

  for (let format = 0; format < 2; format++) protocolFile.patch(protocolLibrary, '1.9.0');
  client.patch(clientLibrary, '3.0.0');

  expect(connectOf(protocolLibrary, 'Protocol')).toBe(bare);
  expect(warned.mock.calls.map((words) => words.at(-1))).toEqual([
    '@modelcontextprotocol/sdk 1.9.0 is not observed: this release knows >=1.10.0 <2.0.0',
    '@modelcontextprotocol/client 3.0.0 is not observed: this release knows >=2.0.0 <3.0.0',
  ]);
});

test('what is no library of the SDK is left alone', () => {
  expect(client.patch({}, '2.4.0')).toEqual({});
  expect(client.patch(undefined, '2.4.0')).toBeUndefined();
  expect(client.patch({ Client: 7 })).toEqual({ Client: 7 });
});

test('what `require` would load of SDK 1 is found with its version, if it is there', () => {
  expect(findProtocolFiles([import.meta.filename, import.meta.filename, undefined])).toEqual([
    {
      file: 'protocol',
      path: expect.stringMatching(/dist.cjs.shared.protocol\.js$/) as string,
      version: expect.stringMatching(/^1\./) as string,
    },
  ]);
  expect(findProtocolFiles(['no-path.js'])).toEqual([]);
});

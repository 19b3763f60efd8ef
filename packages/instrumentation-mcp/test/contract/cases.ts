import type { AnyClient, CallOptions, Sdk } from './sdk.ts';
import type { TransportName } from './connections.ts';

export interface Surroundings {
  readonly client: AnyClient;
  readonly callTool: (name: string, given?: object, options?: CallOptions) => Promise<unknown>;
  /** Calls a tool with exactly these parameters. */
  readonly callWith: (params: object) => Promise<unknown>;
}

export interface ContractCase {
  readonly name: string;
  readonly run: (surroundings: Surroundings) => Promise<unknown>;
  /** What is recorded, a line for each span below its parent; `!` before the type of its error. */
  readonly spans: readonly string[] | ((sdk: Sdk, transport: TransportName) => readonly string[]);
  /** Whether the handshake is part of what is looked at. */
  readonly handshake?: boolean;
  /** The application closes the connection itself. */
  readonly closes?: boolean;
}

/** A request that is answered: a span on either side. */
function both(name: string, ...below: string[]): readonly string[] {
  return [`client ${name}`, `  server ${name}`, ...below.map((line) => `    ${line}`)];
}

/** What `callTool` throws or returns, with what happened before it. */
async function withEvents(
  work: (tell: (event: unknown) => void) => Promise<unknown>,
): Promise<unknown> {
  const events: unknown[] = [];
  try {
    return { events, value: await work((event) => events.push(event)) };
  } catch (error) {
    return { events, error };
  }
}

const started = both('notifications/progress');

/** What an application does with MCP, each as it is written without any telemetry. */
export const cases: readonly ContractCase[] = [
  {
    name: 'connect',
    run: async () => 'connected',
    spans: [...both('initialize'), ...both('notifications/initialized')],
    handshake: true,
  },
  { name: 'ping', run: ({ client }) => client.ping(), spans: both('ping') },
  { name: 'tools/list', run: ({ client }) => client.listTools(), spans: both('tools/list') },
  {
    name: 'tools/call',
    run: ({ callTool }) => callTool('add', { a: 1, b: 2 }),
    spans: both('tools/call add'),
  },
  {
    name: 'tools/call, the promise has its class and no new members',
    async run({ callTool }) {
      const promise = callTool('add', { a: 1, b: 2 });
      return { keys: Object.keys(promise), class: promise.constructor.name, is: await promise };
    },
    spans: both('tools/call add'),
  },
  {
    name: 'tools/call, isError',
    run: ({ callTool }) => callTool('refuse'),
    spans: ['client tools/call refuse ! tool_error', '  server tools/call refuse ! tool_error'],
  },
  {
    name: 'tools/call, the handler throws',
    run: ({ callTool }) => callTool('break'),
    spans: ['client tools/call break ! tool_error', '  server tools/call break ! tool_error'],
  },
  {
    name: 'tools/call, wrong arguments',
    run: ({ callTool }) => callTool('add', { a: 'one' }),
    spans: ['client tools/call add ! tool_error', '  server tools/call add ! tool_error'],
  },
  {
    name: 'tools/call, no such tool',
    run: ({ callTool }) => callTool('fly'),
    spans: ({ version }) =>
      version === 1
        ? ['client tools/call fly ! tool_error', '  server tools/call fly ! tool_error']
        : ['client tools/call fly ! -32602', '  server tools/call fly (-32602)'],
  },
  {
    name: 'tools/call, structured content',
    run: ({ callTool }) => callTool('weigh'),
    spans: both('tools/call weigh'),
  },
  {
    name: 'tools/call, structured content that does not fit',
    run: ({ callTool }) => callTool('weigh_badly'),
    spans: [
      'client tools/call weigh_badly ! tool_error',
      '  server tools/call weigh_badly ! tool_error',
    ],
  },
  {
    name: 'tools/call, what the handler is handed',
    run: ({ callWith }) =>
      callWith({ name: 'look', arguments: {}, _meta: { 'example.org/mine': 7 } }),
    spans: both('tools/call look', 'own work'),
  },
  {
    name: 'tools/call, progress',
    run: ({ callTool }) => withEvents((tell) => callTool('progress', {}, { onprogress: tell })),
    spans: both('tools/call progress', ...started, ...started, ...both('ping')),
  },
  {
    name: 'tools/call, timeout',
    run: ({ callTool }) => callTool('wait', {}, { timeout: 150 }),
    spans: [
      'client tools/call wait ! timeout',
      '  server tools/call wait',
      ...both('notifications/cancelled').map((line) => `  ${line}`),
    ],
  },
  {
    name: 'tools/call, cancelled',
    run: ({ callTool }) =>
      withEvents(async (tell) => {
        const controller = new AbortController();
        const onprogress = (progress: unknown): void => {
          tell(progress);
          controller.abort('not needed');
        };
        const answer = callTool('wait', {}, { signal: controller.signal, onprogress });
        return answer.catch((error: unknown) => ({ error, reason: controller.signal.reason }));
      }),
    spans: [
      'client tools/call wait ! cancelled',
      '  server tools/call wait',
      ...started.map((line) => `    ${line}`),
      ...both('notifications/cancelled').map((line) => `  ${line}`),
    ],
  },
  {
    name: 'tools/call, cancelled before it is sent',
    run: ({ callTool }) => callTool('add', { a: 1, b: 2 }, { signal: AbortSignal.abort('no') }),
    spans: [],
  },
  {
    name: 'two calls at the same time',
    run: ({ callTool }) => Promise.all([callTool('add', { a: 1, b: 2 }), callTool('weigh')]),
    spans: [...both('tools/call add'), ...both('tools/call weigh')],
  },
  {
    name: 'resources/list',
    run: ({ client }) => client.listResources(),
    spans: both('resources/list'),
  },
  {
    name: 'resources/read',
    run: ({ client }) => client.readResource({ uri: 'file:///page.md' }),
    spans: both('resources/read'),
  },
  {
    name: 'resources/read, no such resource',
    run: ({ client }) => client.readResource({ uri: 'file:///none.md' }),
    spans: ['client resources/read ! -32602', '  server resources/read (-32602)'],
  },
  {
    name: 'resources/subscribe and unsubscribe',
    run: async ({ client }) => [
      await client.subscribeResource({ uri: 'file:///page.md' }),
      await client.unsubscribeResource({ uri: 'file:///page.md' }),
    ],
    spans: [...both('resources/subscribe'), ...both('resources/unsubscribe')],
  },
  { name: 'prompts/list', run: ({ client }) => client.listPrompts(), spans: both('prompts/list') },
  {
    name: 'prompts/get',
    run: ({ client }) => client.getPrompt({ name: 'greeting', arguments: { city: 'Bern' } }),
    spans: both('prompts/get greeting'),
  },
  {
    name: 'completion/complete',
    run: ({ client }) =>
      client.complete({
        ref: { type: 'ref/prompt', name: 'greeting' },
        argument: { name: 'city', value: 'B' },
      }),
    spans: both('completion/complete greeting'),
  },
  {
    name: 'logging/setLevel',
    run: ({ client }) => client.setLoggingLevel('warning'),
    spans: both('logging/setLevel'),
  },
  {
    name: 'notifications/message',
    run: ({ callTool }) => callTool('log'),
    spans: both('tools/call log', ...both('notifications/message')),
  },
  {
    name: 'sampling/createMessage, asked by a tool',
    run: ({ callTool }) => callTool('sample'),
    spans: both('tools/call sample', ...both('sampling/createMessage')),
  },
  {
    name: 'elicitation/create, asked by a tool',
    run: ({ callTool }) => callTool('elicit'),
    spans: both('tools/call elicit', ...both('elicitation/create')),
  },
  {
    name: 'roots/list, asked by a tool',
    run: ({ callTool }) => callTool('roots'),
    spans: both('tools/call roots', ...both('roots/list')),
  },
  {
    name: 'the connection closes during a call',
    run: async ({ client, callTool }) =>
      withEvents(async (tell) => {
        const progressed = Promise.withResolvers<void>();
        const onprogress = (progress: unknown): void => {
          tell(progress);
          progressed.resolve();
        };
        const answer = callTool('wait', {}, { onprogress }).catch((error: unknown) => error);
        await progressed.promise;
        await client.close();
        return answer;
      }),
    // A process that ends takes what it was doing with it: the server of SDK 1 is not told.
    spans: ({ version }, transport) =>
      version === 1 && transport === 'stdio'
        ? ['client tools/call wait ! connection_closed', ...started.map((line) => line)]
        : [
            'client tools/call wait ! connection_closed',
            '  server tools/call wait ! connection_closed',
            ...started.map((line) => `    ${line}`),
          ],
    closes: true,
  },
];

import { trace } from '@opentelemetry/api';
import { z, type ZodRawShape } from 'zod';

/** What a handler of a tool has to do with its caller, in either version of the SDK. */
export interface Caller {
  readonly handed: object;
  readonly meta: Readonly<Record<string, unknown>> | object | undefined;
  readonly signal: AbortSignal;
  readonly ask: (method: string, params: object) => Promise<unknown>;
  readonly notify: (method: string, params: object) => Promise<void>;
}

interface ToolResult {
  readonly content: { type: 'text'; text: string }[];
  readonly structuredContent?: object;
  readonly isError?: boolean;
}

interface Tool {
  readonly name: string;
  readonly inputSchema?: ZodRawShape;
  readonly outputSchema?: ZodRawShape;
  readonly run: (given: Record<string, unknown>, caller: Caller) => Promise<ToolResult>;
}

function text(value: unknown): ToolResult {
  return {
    content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
  };
}

export const tools: readonly Tool[] = [
  {
    name: 'add',
    inputSchema: { a: z.number(), b: z.number() },
    run: async ({ a, b }) => text(String(Number(a) + Number(b))),
  },
  {
    name: 'refuse',
    run: async () => ({ ...text('not today'), isError: true }),
  },
  {
    name: 'break',
    run: async () => {
      throw new Error('out of order');
    },
  },
  {
    name: 'weigh',
    outputSchema: { grams: z.number() },
    run: async () => ({ ...text('200'), structuredContent: { grams: 200 } }),
  },
  {
    name: 'weigh_badly',
    outputSchema: { grams: z.number() },
    run: async () => ({ ...text('heavy'), structuredContent: { grams: 'heavy' } }),
  },
  {
    // Answers when it is told to stop; says first that it has begun.
    name: 'wait',
    run: async (_given, { signal, notify, meta }) => {
      const progressToken: unknown = Reflect.get(meta ?? {}, 'progressToken');
      if (progressToken !== undefined)
        await notify('notifications/progress', { progressToken, progress: 0, total: 1 });
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      return text('stopped');
    },
  },
  {
    name: 'progress',
    run: async (_given, { ask, notify, meta }) => {
      const progressToken: unknown = Reflect.get(meta ?? {}, 'progressToken');
      for (const progress of [1, 2])
        await notify('notifications/progress', { progressToken, progress, total: 2 });
      // Progress that comes in one piece with the answer is lost in the client of SDK 1.
      await ask('ping', {});
      return text('done');
    },
  },
  {
    // What the handler is handed, and whose span it runs in.
    name: 'look',
    run: async (_given, { handed, meta }) => {
      trace.getTracer('application').startSpan('own work').end();
      return text({ members: Object.keys(handed).toSorted(), meta });
    },
  },
  {
    name: 'sample',
    run: async (_given, { ask }) =>
      text(
        await ask('sampling/createMessage', {
          messages: [{ role: 'user', content: { type: 'text', text: 'which?' } }],
          maxTokens: 5,
        }),
      ),
  },
  {
    name: 'elicit',
    run: async (_given, { ask }) =>
      text(
        await ask('elicitation/create', {
          message: 'Which size?',
          requestedSchema: { type: 'object', properties: { size: { type: 'string' } } },
        }),
      ),
  },
  { name: 'roots', run: async (_given, { ask }) => text(await ask('roots/list', {})) },
  {
    name: 'log',
    run: async (_given, { notify }) => {
      await notify('notifications/message', { level: 'warning', data: 'careful' });
      return text('logged');
    },
  },
];

export const page: { [member: string]: unknown; contents: { uri: string; text: string }[] } = {
  contents: [{ uri: 'file:///page.md', text: 'a page' }],
};

interface Greeting {
  [member: string]: unknown;
  messages: { role: 'user'; content: { type: 'text'; text: string } }[];
}

export function greeting({ city }: { city: string }): Greeting {
  return {
    messages: [{ role: 'user', content: { type: 'text', text: `Good morning, ${city}` } }],
  };
}

export function cities(start: string | undefined): string[] {
  return ['Bern', 'Basel', 'Lyon'].filter((city) => city.startsWith(start ?? ''));
}

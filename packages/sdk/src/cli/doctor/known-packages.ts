// Client libraries and who makes spans for them, by what each package does in its releases up to November 2026.

/** A client library of models. */
export interface KnownClient {
  readonly name: string;
  /** Packages that make spans for its calls, by patching or wrapping it. */
  readonly observers: readonly string[];
  /** Whether those that patch it while it is loaded patch what its main module exports. */
  readonly isPatchedInMain?: boolean;
  /** From this version on it makes spans of its own. */
  readonly nativeFrom?: string;
  /** The observer that completes those spans and adds none. */
  readonly completedBy?: string;
  /** A package of the same makers that makes its spans, once it is registered. */
  readonly nativePackage?: string;
}

/** They bring observers for every client they find. */
const COLLECTIONS = [
  '@traceloop/node-server-sdk',
  'openlit',
  '@sentry/node',
  'dd-trace',
  'newrelic',
] as const;

export const KNOWN_CLIENTS: readonly KnownClient[] = [
  {
    name: 'openai',
    isPatchedInMain: true,
    observers: [
      '@llm-otel/instrumentation-openai',
      '@opentelemetry/instrumentation-openai',
      '@traceloop/instrumentation-openai',
      '@arizeai/openinference-instrumentation-openai',
      '@langfuse/openai',
      ...COLLECTIONS,
    ],
  },
  {
    name: '@anthropic-ai/sdk',
    isPatchedInMain: true,
    observers: [
      '@llm-otel/instrumentation-anthropic',
      '@traceloop/instrumentation-anthropic',
      '@arizeai/openinference-instrumentation-anthropic',
      ...COLLECTIONS,
    ],
    nativeFrom: '0.134.0',
    completedBy: '@llm-otel/instrumentation-anthropic',
  },
  {
    name: 'ai',
    observers: ['@llm-otel/instrumentation-ai-sdk', '@langfuse/vercel', ...COLLECTIONS],
    nativePackage: '@ai-sdk/otel',
  },
  {
    name: '@modelcontextprotocol/sdk',
    observers: [
      '@llm-otel/instrumentation-mcp',
      '@traceloop/instrumentation-mcp',
      '@arizeai/openinference-instrumentation-mcp',
      ...COLLECTIONS,
    ],
  },
  {
    name: '@modelcontextprotocol/client',
    observers: ['@llm-otel/instrumentation-mcp', ...COLLECTIONS],
  },
  {
    name: '@modelcontextprotocol/server',
    observers: ['@llm-otel/instrumentation-mcp', ...COLLECTIONS],
  },
  {
    name: '@langchain/core',
    observers: [
      '@llm-otel/instrumentation-langchain',
      '@traceloop/instrumentation-langchain',
      '@arizeai/openinference-instrumentation-langchain',
      ...COLLECTIONS,
    ],
  },
  {
    name: '@aws-sdk/client-bedrock-runtime',
    observers: [
      '@llm-otel/instrumentation-bedrock',
      '@opentelemetry/instrumentation-aws-sdk',
      '@traceloop/instrumentation-bedrock',
      '@arizeai/openinference-instrumentation-bedrock',
      ...COLLECTIONS,
    ],
  },
  {
    name: '@google/genai',
    isPatchedInMain: true,
    observers: [
      '@llm-otel/instrumentation-google-genai',
      '@traceloop/instrumentation-google-generativeai',
      ...COLLECTIONS,
    ],
  },
];

/** Observers that say nothing where the client is newer than they know. */
export const CLIENT_RANGES: readonly {
  readonly observer: string;
  readonly client: string;
  readonly range: string;
}[] = [
  { observer: '@opentelemetry/instrumentation-openai', client: 'openai', range: '>=4.19.0 <7.0.0' },
  { observer: '@traceloop/instrumentation-openai', client: 'openai', range: '>=4.0.0 <7.0.0' },
];

/** They patch a client while it is loaded, so it must not be loaded before. */
export const PATCHES_ON_LOAD: RegExp =
  /^(@opentelemetry\/(instrumentation-.+|auto-instrumentations-node)|@traceloop\/.+|@arizeai\/openinference-instrumentation-.+|openlit)$/;

/** The client that a module is of: its package, or a file in it. */
export function clientOf(specifier: string): KnownClient | undefined {
  return KNOWN_CLIENTS.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
}

/** Whether a package observes clients, or is a part of OpenTelemetry. */
export function isObserver(name: string): boolean {
  return (
    SDK_PACKAGES.test(name) ||
    PATCHES_ON_LOAD.test(name) ||
    KNOWN_CLIENTS.some((client) => client.observers.includes(name))
  );
}

const SDK_PACKAGES = /^(@opentelemetry|@llm-otel)\//;

export function isKnownPackage(name: string): boolean {
  return (
    isObserver(name) ||
    KNOWN_CLIENTS.some((client) => client.name === name || client.nativePackage === name)
  );
}

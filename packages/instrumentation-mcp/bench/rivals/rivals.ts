import { join } from 'node:path';
import type * as api from '@opentelemetry/api';
import {
  makeInstrumentation,
  OPENLIT_VERSION,
  type Rival,
  RivalFolder,
  startOpenlit,
} from '@llm-otel/tooling/rivals';
import { McpInstrumentation } from '../../src/instrumentation/index.ts';
import { exportsOf, moduleOfV1 } from './load-sdk.ts';

type Load = Parameters<Rival<Endpoint>['start']>[0];

/** A client or a server. */
export type Endpoint = object;

interface Manual {
  manuallyInstrument(modules: object): void;
}

/** None of them patches what an application requires: the files of the SDK have to be handed over, as their READMEs say. */
function manually(
  load: Load,
  packageName: string,
  className: string,
  modules: object,
): (endpoint: Endpoint) => Endpoint {
  (makeInstrumentation(load, packageName, className) as Manual).manuallyInstrument(modules);
  return (endpoint) => endpoint;
}

function isMcpServer(endpoint: Endpoint): boolean {
  return 'registerTool' in endpoint;
}

/** Ours first. */
export const rivals: readonly Rival<Endpoint>[] = [
  {
    name: '@llm-otel/instrumentation-mcp',
    start() {
      void new McpInstrumentation();
      return (endpoint) => endpoint;
    },
  },
  {
    name: '@traceloop/instrumentation-mcp',
    version: '0.27.0',
    start: (load, line) =>
      manually(load, '@traceloop/instrumentation-mcp', 'McpInstrumentation', exportsOf(line)),
  },
  {
    // Carries the context, and makes no spans.
    name: '@arizeai/openinference-instrumentation-mcp',
    version: '0.2.33',
    noSpans: true,
    start: (load) =>
      manually(load, '@arizeai/openinference-instrumentation-mcp', 'MCPInstrumentation', {
        clientStdioModule: moduleOfV1('client/stdio'),
        serverStdioModule: moduleOfV1('server/stdio'),
        clientStreamableHTTPModule: moduleOfV1('client/streamableHttp'),
        serverStreamableHTTPModule: moduleOfV1('server/streamableHttp'),
      }),
  },
  {
    name: 'openlit',
    version: OPENLIT_VERSION,
    start(load, line) {
      const { trace } = load('@opentelemetry/api') as typeof api;
      // By this method openlit knows the tracer provider of this process.
      Object.assign(trace.getTracerProvider(), { addSpanProcessor: () => undefined });
      startOpenlit(load, { mcp: exportsOf(line) });
      return (endpoint) => endpoint;
    },
  },
  {
    name: '@shinzolabs/instrumentation-mcp',
    version: '1.1.0',
    start(load) {
      type Shinzo = { instrumentServer(server: object, settings: object): void };
      const shinzo = load('@shinzolabs/instrumentation-mcp') as Shinzo;
      const settings = {
        serverName: 'table',
        serverVersion: '1.0.0',
        exporterType: 'console',
        enableMetrics: false,
      };
      return (endpoint) => {
        if (isMcpServer(endpoint)) shinzo.instrumentServer(endpoint, settings);
        return endpoint;
      };
    },
  },
  {
    name: '@sentry/node',
    version: '11.12.0',
    noSpans: true,
    start(load) {
      type Sentry = { wrapMcpServerWithSentry<E extends object>(server: E): E };
      const sentry = load('@sentry/node') as Sentry;
      return (endpoint) =>
        isMcpServer(endpoint) ? sentry.wrapMcpServerWithSentry(endpoint) : endpoint;
    },
  },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));

import { readFileSync } from 'node:fs';
import { SpanKind } from '@opentelemetry/api';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { callsCompared } from '@llm-otel/tooling/rivals';
import { afterAll, describe, expect, test } from 'vitest';
import { cases, type ContractCase } from './contract/cases.ts';
import { sdks } from './contract/clients.ts';
import { closeChildren, type TransportName, transports } from './contract/connections.ts';
import { type PlainSpan, spanLines, withoutOrder } from './contract/plain-span.ts';
import { runCase } from './contract/run-case.ts';
import { runObserved } from './contract/run-observed.ts';
import { renderScoreboard, type Score } from './contract/scoreboard.ts';
import type { Sdk } from './contract/sdk.ts';

afterAll(closeChildren);

const same = new Set<string>();
const right = new Set<string>();
const keyOf = (contractCase: ContractCase, sdk: Sdk, transport: TransportName): string =>
  `${sdk.name} ${transport} ${contractCase.name}`;

describe.each(sdks)('$name', (sdk) => {
  describe.each(transports)('%s', (transport) => {
    test.each(cases)('$name', async (contractCase) => {
      const bare = await runCase(contractCase, sdk, transport);
      const { spans, ...observed } = await runObserved(contractCase, sdk, transport);

      expect(observed).toEqual(bare);
      same.add(keyOf(contractCase, sdk, transport));

      expect(withoutOrder(spanLines(spans))).toEqual(
        withoutOrder(expectedSpans(contractCase, sdk, transport)),
      );
      for (const span of spans.filter(({ name }) => name !== 'own work')) {
        expect(span.attributes).toMatchObject(expectedAttributes(span, transport));
        expect(checkConformance(span).errors).toEqual([]);
      }
      right.add(keyOf(contractCase, sdk, transport));
    });
  });
});

test('the scoreboard in docs is what this run gives', async () => {
  const scoreOf = (...key: Parameters<typeof keyOf>): Score => ({
    same: same.has(keyOf(...key)),
    spans: right.has(keyOf(...key)),
  });

  await expect(renderScoreboard(cases, sdks, scoreOf)).toMatchFileSnapshot(
    `${import.meta.dirname}/../../../docs/scoreboard-mcp.md`,
  );
});

test('the comparison with rivals in the README was made with the calls there are now', () => {
  const calls = cases.length * transports.length;
  const told = callsCompared(readFileSync(`${import.meta.dirname}/../README.md`, 'utf8'));

  expect(told).toEqual(Object.fromEntries(sdks.map(({ name }) => [name, calls])));
});

function expectedSpans(
  { spans }: ContractCase,
  sdk: Sdk,
  transport: TransportName,
): readonly string[] {
  return typeof spans === 'function' ? spans(sdk, transport) : spans;
}

/** What every span has, by the way its message travelled. */
function expectedAttributes(
  { name, kind, attributes }: PlainSpan,
  transport: TransportName,
): Record<string, unknown> {
  const method = attributes['mcp.method.name'] as string;
  const askedByServer = /^(sampling|elicitation|roots|notifications\/(progress|message)|ping)/.test(
    name,
  );
  return {
    'mcp.method.name': name.split(' ', 1)[0],
    'mcp.protocol.version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    ...(!method.startsWith('notifications/') && {
      'jsonrpc.request.id': expect.stringMatching(/^\d+$/) as string,
    }),
    ...(transport === 'stdio' && { 'network.transport': 'pipe' }),
    ...(transport === 'http' && {
      'network.transport': 'tcp',
      'network.protocol.name': 'http',
      'mcp.session.id': 'session-1',
      ...(kind === SpanKind.CLIENT && !askedByServer && { 'server.address': '127.0.0.1' }),
    }),
  };
}

import type { Case } from './cases.ts';
import { zodTextFormat } from 'openai/helpers/zod';
import {
  answer,
  collect,
  completed,
  firstOf,
  hanging,
  incomplete,
  left,
  name,
  Parcel,
  structured,
  tokens,
  usage,
} from './shared.ts';

const ask = { model: 'gpt-5-mini', input: 'Where is my parcel?' };

/** The major that has them. */
const isNewest: Case['on'] = (line) => line.name === 'openai 7';

/** The responses API. */
export const responsesCases: readonly Case[] = [
  {
    name: 'responses',
    scripts: [answer],
    run: (client) => client.responses.create(ask),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses, stream',
    scripts: [answer],
    run: async (client) => collect(await client.responses.create({ ...ask, stream: true })),
    spans: [{ ...completed, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses, stream helper',
    scripts: [answer],
    run: (client) => client.responses.stream(ask).finalResponse(),
    spans: [{ ...completed, tokens }],
  },
  {
    name: 'responses, stream helper that is left early',
    scripts: [hanging],
    run: async (client) => (await firstOf(client.responses.stream(ask)))?.type,
    spans: [left],
  },
  {
    name: 'responses, stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect(await client.responses.create({ ...ask, stream: true })),
    spans: [incomplete],
  },
  {
    name: 'responses, parse',
    scripts: [structured],
    run: (client) =>
      client.responses.parse({ ...ask, text: { format: zodTextFormat(Parcel, 'parcel') } }),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses, tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.responses.create(ask),
    spans: [{ name, tokens, finishReasons: ['tool_call'] }],
  },
  {
    name: 'responses of beta',
    scripts: [answer],
    on: isNewest,
    run: (client) => client.beta.responses.create(ask),
    spans: [{ name, tokens, finishReasons: ['stop'] }],
  },
  {
    name: 'responses of beta, stream',
    scripts: [answer],
    on: isNewest,
    run: async (client) => collect(await client.beta.responses.create({ ...ask, stream: true })),
    spans: [{ ...completed, tokens, finishReasons: ['stop'] }],
  },
];

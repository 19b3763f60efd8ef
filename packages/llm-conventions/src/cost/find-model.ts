import { GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK as BEDROCK } from '../generated/values.ts';
import { Remembered } from '../remembered.ts';
import { isOneOf } from './own-servers.ts';
import type { ModelPrices, PriceTable } from './price-types.ts';

// 2025-08-07, 20250929 or @20250929 at the end of a model id, as the providers date their snapshots.
const DATE = /[-@](?:\d{4}-\d{2}-\d{2}|\d{8})$/;
const PREFIX = 'models/';
// Bedrock: the partition of the commercial regions, and the version of a model, perhaps with its context length.
const ARN = /^arn:aws:bedrock:[^/]*\//;
const VERSION = /-v\d+(?::\d+)?(?::\d+k)?$/;

interface Answer {
  readonly provider: string;
  readonly serverAddress: string | undefined;
  readonly found: ModelPrices | undefined;
}

interface Index {
  /** By provider and name; what comes later wins. */
  readonly models: ReadonlyMap<string, readonly ModelPrices[]>;
  /** The last answer for a model: an application asks for few of them, over and over. */
  readonly answers: Remembered<Answer>;
}

/** The prices of a model, by its id or by the id without its date. */
export function findModel(
  table: PriceTable,
  provider: string,
  model: string,
  serverAddress?: string,
): ModelPrices | undefined {
  const { models, answers } = indexOf(table);
  const known = answers.get(model);
  if (known?.provider === provider && known.serverAddress === serverAddress) return known.found;
  const found = lookUp(models, provider, model, serverAddress);
  answers.set(model, { provider, serverAddress, found });
  return found;
}

function lookUp(
  models: Index['models'],
  provider: string,
  model: string,
  serverAddress: string | undefined,
): ModelPrices | undefined {
  const served = (entry: ModelPrices): boolean => isServed(entry, serverAddress);
  const name = provider === BEDROCK ? bedrockName(model) : withoutPrefix(model);
  const exact = models.get(`${provider} ${name}`);
  if (exact !== undefined) return exact.findLast(served);
  const date = name.search(DATE);
  return date === -1
    ? undefined
    : models.get(`${provider} ${name.slice(0, date)}`)?.findLast(served);
}

function isServed(entry: ModelPrices, serverAddress: string | undefined): boolean {
  if (entry.serverAddress !== undefined && entry.serverAddress !== serverAddress) return false;
  if (entry.ownServers === undefined || serverAddress === undefined) return true;
  return isOneOf(entry.ownServers, serverAddress);
}

function withoutPrefix(model: string): string {
  return model.startsWith(PREFIX) ? model.slice(PREFIX.length) : model;
}

/** `us.anthropic.claude-opus-5`, whether it was asked for by its id or by its ARN. */
function bedrockName(model: string): string {
  return model.replace(ARN, '').replace(VERSION, '');
}

const indexes = new WeakMap<PriceTable, Index>();

/** Put together once for each table. */
function indexOf(table: PriceTable): Index {
  let index = indexes.get(table);
  if (index !== undefined) return index;
  const models = new Map<string, ModelPrices[]>();
  for (const entry of table.models)
    for (const name of [entry.model, ...(entry.aliases ?? [])]) {
      const key = `${entry.provider} ${name}`;
      const known = models.get(key);
      if (known === undefined) models.set(key, [entry]);
      else known.push(entry);
    }
  index = { models, answers: new Remembered() };
  indexes.set(table, index);
  return index;
}

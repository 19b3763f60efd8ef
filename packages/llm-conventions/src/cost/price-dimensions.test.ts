import { describe, expect, test } from 'vitest';
import { costOf } from './cost-of.ts';
import { costOfSpan } from './cost-of-span.ts';
import { priceLists, priceTable } from './price-table.ts';
import { withPrices } from './with-prices.ts';

const november = new Date('2026-11-20T12:00:00Z');

function microUsd(
  [provider, model, tier]: readonly [string, string, string?],
  usage: object,
  at: Date = november,
): number | undefined {
  return costOf({ provider, model, usage, at, tier })?.microUsd;
}

describe('worked out by hand from the list price, one case for each dimension', () => {
  test.each([
    // 1000 x 2 + 500 x 10 = 2000 + 5000.
    ['input and output', ['openai', 'gpt-6-sol'], { inputTokens: 1000, outputTokens: 500 }, 7000],
    // 200 x 2 + 800 x 0.20 + 0 = 400 + 160.
    [
      'cache read',
      ['openai', 'gpt-6-sol'],
      { inputTokens: 1000, cacheReadTokens: 800, outputTokens: 0 },
      560,
    ],
    // 100 x 5 + 900 x 6.25 = 500 + 5625.
    [
      'cache write, five minutes',
      ['anthropic', 'claude-opus-5'],
      { inputTokens: 1000, cacheWriteTokens: 900, outputTokens: 0 },
      6125,
    ],
    // 100 x 5 + 300 x 6.25 + 600 x 10 = 500 + 1875 + 6000.
    [
      'cache write, one hour',
      ['anthropic', 'claude-opus-5'],
      {
        inputTokens: 1000,
        cacheWriteTokens: 900,
        cacheWriteOneHourTokens: 600,
        outputTokens: 0,
      },
      8375,
    ],
    // 272,001 x 4 + 100 x 15 = 1,088,004 + 1500: above the threshold all tokens have the higher price.
    [
      'a long input, just above the threshold',
      ['openai', 'gpt-6-sol'],
      { inputTokens: 272_001, outputTokens: 100 },
      1_089_504,
    ],
    // 272,000 x 2 + 100 x 10.
    [
      'a long input, just not above it',
      ['openai', 'gpt-6-sol'],
      { inputTokens: 272_000, outputTokens: 100 },
      545_000,
    ],
    // 1000 x 1 + 500 x 5.
    [
      'the batch tier',
      ['openai', 'gpt-6-sol', 'batch'],
      { inputTokens: 1000, outputTokens: 500 },
      3500,
    ],
    // 1000 x 4 + 500 x 20.
    [
      'the priority tier',
      ['openai', 'gpt-6-sol', 'priority'],
      { inputTokens: 1000, outputTokens: 500 },
      14_000,
    ],
    // 1000 x 1 + 500 x 5.
    [
      'the flex tier',
      ['openai', 'gpt-6-sol', 'flex'],
      { inputTokens: 1000, outputTokens: 500 },
      3500,
    ],
    // 300,000 x 2 + 100 x 7.5: batch has a price of its own for long inputs.
    [
      'a long input in the batch tier',
      ['openai', 'gpt-6-sol', 'batch'],
      { inputTokens: 300_000, outputTokens: 100 },
      600_750,
    ],
    // 200 x 2.5 + 800 x 32 + 50 x 10 + 150 x 64 = 500 + 25,600 + 500 + 9600.
    [
      'sound in and out',
      ['openai', 'gpt-audio'],
      {
        inputTokens: 1000,
        audioInputTokens: 800,
        audioCacheReadTokens: 0,
        outputTokens: 200,
        audioOutputTokens: 150,
      },
      36_200,
    ],
    // 100 x 0.3 + 100 x 0.03 + 500 x 1 + 300 x 0.1 + 10 x 2.5 = 30 + 3 + 500 + 30 + 25.
    [
      'sound from the cache',
      ['gcp.gemini', 'gemini-2.5-flash'],
      {
        inputTokens: 1000,
        cacheReadTokens: 400,
        audioInputTokens: 800,
        audioCacheReadTokens: 300,
        outputTokens: 10,
      },
      588,
    ],
    // 40 x 5 + 1000 x 8 + 200 x 10 + 1000 x 32 = 200 + 8000 + 2000 + 32,000.
    [
      'pictures in and out',
      ['openai', 'gpt-image-1.5'],
      {
        inputTokens: 1040,
        imageInputTokens: 1000,
        outputTokens: 1200,
        imageOutputTokens: 1000,
      },
      42_200,
    ],
    // 100 x 1.25 + (5 + 95) x 10: reasoning is output.
    [
      'reasoning at the price of output',
      ['openai', 'gpt-5'],
      { inputTokens: 100, outputTokens: 100, reasoningTokens: 95 },
      1125,
    ],
    // 1000 x 0.13.
    ['an embedding', ['openai', 'text-embedding-3-large'], { inputTokens: 1000 }, 130],
  ] as const)('%s', (_, model, usage, expected) => {
    expect(microUsd(model, usage)).toBe(expected);
  });

  test('reasoning with a price of its own', () => {
    const table = withPrices(
      [
        {
          provider: 'p',
          model: 'm',
          source: 'a contract',
          prices: [
            { from: '2026-01-01', input: 1_000_000, output: 2_000_000, reasoning: 5_000_000 },
          ],
        },
      ],
      { version: 'mine' },
    );
    const usage = { inputTokens: 10, outputTokens: 100, reasoningTokens: 60 };

    // 10 x 1 + 40 x 2 + 60 x 5.
    expect(costOf({ provider: 'p', model: 'm', usage, at: november }, table)?.microUsd).toBe(390);
  });
});

test('the price of the day holds: GPT-5.6 Sol became cheaper on 2026-08-21', () => {
  const usage = { inputTokens: 1000, outputTokens: 1000 };

  // 5 + 30 and 4 + 20 USD per million.
  expect(microUsd(['openai', 'gpt-5.6-sol'], usage, new Date('2026-08-20T23:59:59Z'))).toBe(35_000);
  expect(microUsd(['openai', 'gpt-5.6-sol'], usage, new Date('2026-08-21T00:00:00Z'))).toBe(24_000);
});

test('an alias has the price of what it stood for on the day', () => {
  const usage = { inputTokens: 1000, outputTokens: 0 };
  const ask = (day: string): number | undefined =>
    microUsd(['mistral_ai', 'mistral-medium-latest'], usage, new Date(day));

  expect([ask('2026-06-15'), ask('2026-06-16')]).toEqual([400, 1500]);
  expect(microUsd(['anthropic', 'claude-sonnet-4-20250514'], usage)).toBe(3000);
});

describe('peak hours', () => {
  const usage = { inputTokens: 1000, cacheReadTokens: 500, outputTokens: 1000 };
  const ask = (model: string, moment: string): number | undefined =>
    microUsd(['deepseek', model], usage, new Date(moment));

  test.each([
    // 500 x 0.435 + 500 x 0.003625 + 1000 x 0.87 = 217.5 + 1.8125 + 870.
    ['before there were any', '2026-08-16T15:59:59Z', 1089],
    // 500 x 0.66 + 500 x 0.022 + 1000 x 1.98 = 330 + 11 + 1980.
    ['off-peak from the first minute', '2026-08-16T16:00:00Z', 2321],
    ['off-peak just before the morning', '2026-11-20T00:59:59Z', 2321],
    // Twice as much.
    ['the first minute of the morning', '2026-11-20T01:00:00Z', 4642],
    ['the last minute of the morning', '2026-11-20T03:59:59Z', 4642],
    ['between', '2026-11-20T04:00:00Z', 2321],
    ['the afternoon', '2026-11-20T09:59:59Z', 4642],
    ['a Saturday while all days were alike', '2026-08-22T02:00:00Z', 4642],
    ['a Sunday since they are not', '2026-08-23T02:00:00Z', 2321],
    ['a public holiday', '2026-10-06T02:00:00Z', 2321],
    ['the working day after it', '2026-10-08T02:00:00Z', 4642],
  ])('%s', (_, moment, expected) => {
    expect(ask('deepseek-v4-pro', moment)).toBe(expected);
  });

  test('have a price of their own for each period', () => {
    // 500 x 0.44 + 500 x 0.014 + 1000 x 1.32, then 500 x 0.3 + 500 x 0.006 + 1000 x 1.2.
    expect(ask('deepseek-v4-flash', '2026-09-09T02:00:00Z')).toBe(1547);
    expect(ask('deepseek-v4-flash', '2026-09-10T02:00:00Z')).toBe(1353);
    expect(ask('deepseek-flash', '2026-09-10T02:00:00Z')).toBe(1353);
    expect(ask('deepseek-flash', '2026-09-09T02:00:00Z')).toBeUndefined();
  });

  test('that do not lie in a day are refused', () => {
    const peak = { input: 2, output: 2, at: { hours: [[22, 26] as const] } };
    const prices = [{ from: '2026-01-01', input: 1, output: 1, peak }];

    expect(() =>
      withPrices([{ provider: 'p', model: 'm', source: 's', prices }], { version: 'v' }),
    ).toThrow('prices of p m, peak hours is [22,26]: use two whole hours of a day in UTC');
  });
});

describe('a platform', () => {
  const usage = { inputTokens: 1000, outputTokens: 1000 };

  test.each([
    // 1000 x 5 + 1000 x 25, and a tenth more.
    ['global.anthropic.claude-opus-5', 30_000],
    ['us.anthropic.claude-opus-5', 33_000],
    ['anthropic.claude-opus-5', 33_000],
    // Ids as the console shows them, and ARNs.
    ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 19_800],
    ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5', 33_000],
    [
      'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/global.anthropic.claude-opus-5',
      30_000,
    ],
    ['jp.amazon.nova-2-lite-v1:0', 3080],
  ])('has the price of its own id: Bedrock, %s', (model, expected) => {
    expect(microUsd(['aws.bedrock', model], usage)).toBe(expected);
  });

  test.each([
    ['the id of the maker', 'claude-opus-5'],
    ['a geography without a list price', 'mx.anthropic.claude-opus-5'],
    ['a model whose price depends on the region', 'amazon.nova-pro-v1:0'],
    ['Nova 2 in one region', 'amazon.nova-2-lite-v1:0'],
    ['throughput that is provisioned', 'arn:aws:bedrock:us-east-1:1:provisioned-model/abc'],
    [
      'another partition',
      'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-opus-5',
    ],
  ])('has no price where its id does not tell: Bedrock, %s', (_, model) => {
    expect(microUsd(['aws.bedrock', model], usage)).toBeUndefined();
  });

  test('with other prices at other endpoints has those of the endpoint of the call, or none', () => {
    const ask = (serverAddress?: string): number | undefined =>
      costOf({
        provider: 'gcp.vertex_ai',
        model: 'claude-sonnet-4-5@20250929',
        usage,
        at: november,
        serverAddress,
      })?.microUsd;

    expect(ask('aiplatform.googleapis.com')).toBe(18_000);
    expect(ask('us-east5-aiplatform.googleapis.com')).toBeUndefined();
    expect(ask()).toBeUndefined();
  });

  test('never has the price of the maker in its place', () => {
    const platforms = [
      'aws.bedrock',
      'azure.ai.openai',
      'azure.ai.inference',
      'gcp.vertex_ai',
      'gcp.gen_ai',
      'ibm.watsonx.ai',
    ];
    for (const provider of platforms)
      for (const { provider: maker, model } of priceTable.models)
        if (!platforms.includes(maker) && !model.startsWith('openai/'))
          expect(microUsd([provider, model], usage), `${provider} ${model}`).toBeUndefined();
  });
});

test('a price has an id that says which line of the table it is', () => {
  const usage = { inputTokens: 10, outputTokens: 10 };
  const idOf = (provider: string, model: string): string | undefined =>
    costOf({ provider, model, usage, at: november })?.priceId;

  expect(idOf('openai', 'gpt-6-sol-2026-09-01')).toBe('openai/gpt-6-sol@2026-10-14');
  expect(idOf('openai', 'gpt-4o-mini')).toBe('openai/gpt-4o-mini@2026-10-14');
  expect(idOf('moonshot_ai', 'kimi-k3')).toBe('moonshot_ai/kimi-k3');
  expect(idOf('aws.bedrock', 'us.anthropic.claude-opus-5-v1:0')).toBe(
    'aws.bedrock/anthropic.claude-opus-5',
  );
});

test('the first snapshot of GPT-4o costs more than those after it, and has no price for a cache', () => {
  const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000 };

  expect(microUsd(['openai', 'gpt-4o-2024-05-13'], usage)).toBe(20_000_000);
  expect(microUsd(['openai', 'gpt-4o-2024-05-13', 'batch'], usage)).toBe(10_000_000);
  expect(microUsd(['openai', 'gpt-4o-2024-08-06'], usage)).toBe(12_500_000);
  const cached = { ...usage, cacheReadTokens: 1 };
  expect(microUsd(['openai', 'gpt-4o-2024-05-13'], cached)).toBeUndefined();
});

describe('the cost is unknown, not zero,', () => {
  const usage = { inputTokens: 10, outputTokens: 10 };

  test('after the last day of a price that nothing follows', () => {
    const at = new Date('2027-01-01T00:00:00Z');

    expect(microUsd(['deepseek', 'deepseek-v4-pro'], usage, at)).toBeUndefined();
    // 10 x 0.66 + 10 x 1.98.
    expect(microUsd(['deepseek', 'deepseek-v4-pro'], usage, new Date('2026-12-31'))).toBe(26);
  });

  test('for a tier without a price, and for one nobody has heard of', () => {
    expect(microUsd(['anthropic', 'claude-opus-5', 'priority'], usage)).toBeUndefined();
    expect(microUsd(['openai', 'gpt-5', 'scale'], usage)).toBeUndefined();
    expect(microUsd(['openai', 'gpt-5', 'default'], usage)).toBeDefined();
  });

  test('where cached tokens may be sound, which has a price of its own', () => {
    const mixed = { inputTokens: 100, cacheReadTokens: 50, audioInputTokens: 60, outputTokens: 1 };

    expect(microUsd(['gcp.gemini', 'gemini-2.5-flash'], mixed)).toBeUndefined();
  });

  test('where the parts are more than the whole', () => {
    const parts = {
      inputTokens: 100,
      audioInputTokens: 101,
      audioCacheReadTokens: 0,
      outputTokens: 1,
    };

    expect(microUsd(['openai', 'gpt-audio'], parts)).toBeUndefined();
    expect(microUsd(['openai', 'gpt-audio'], { ...usage, audioOutputTokens: 11 })).toBeUndefined();
  });

  test.each([
    { reasoningTokens: 11 },
    { audioOutputTokens: 11 },
    { imageOutputTokens: 11 },
    { audioInputTokens: 11 },
    { imageInputTokens: 11 },
    { cacheReadTokens: 11 },
  ])('where a part without a price of its own is more than the whole: %j', (part) => {
    expect(microUsd(['openai', 'gpt-5'], { ...usage, ...part })).toBeUndefined();
    const all = Object.fromEntries(Object.keys(part).map((name) => [name, 10]));
    expect(microUsd(['openai', 'gpt-5'], { ...usage, ...all })).toBeDefined();
  });

  test('before the day at which the source knows a tier', () => {
    const september = new Date('2026-09-01T00:00:00Z');

    expect(microUsd(['openai', 'gpt-5', 'batch'], usage, september)).toBeUndefined();
    expect(microUsd(['openai', 'gpt-5', 'batch'], usage, november)).toBeDefined();
    expect(microUsd(['openai', 'gpt-5'], usage, september)).toBeDefined();
  });
});

describe('the built-in table', () => {
  test('has at least 60 models of 8 providers, each with its source and a month or a date of it', () => {
    const providers = new Set(priceTable.models.map(({ provider }) => provider));

    expect(priceTable.models.length).toBeGreaterThanOrEqual(120);
    expect(providers.size).toBeGreaterThanOrEqual(8);
    for (const { source } of priceTable.models) expect(source).toMatch(/\w+\.\w+.* 2026/);
  });

  test('has every line of its lists in the form it documents', () => {
    const names =
      '(?:in|out|read|write|hour|audioInput|audioOutput|audioCacheRead|imageInput|imageOutput|imageCacheRead)';
    const line = new RegExp(
      `^[\\w./-]+(?: = [\\w./-]+|(?: from \\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\dZ)?)?(?: until \\d{4}-\\d\\d-\\d\\d)?(?: via [a-z,-]+)?(?: upTo \\d+)?(?: peak [a-z]+)?(?: (?:batch|flex|priority))?(?: above \\d+)? :(?: ${names} \\d+(?:\\.\\d{1,6})?)+)$`,
    );
    for (const { prices } of priceLists)
      for (const one of prices.trim().split('\n')) expect(one).toMatch(line);
  });

  test('has whole prices, days in order, a standard input price, and no model twice', () => {
    const seen = new Set<string>();
    for (const { provider, model, aliases = [], prices } of priceTable.models) {
      for (const name of [model, ...aliases]) {
        expect(seen.has(`${provider} ${name}`), `${provider} ${name}`).toBe(false);
        seen.add(`${provider} ${name}`);
      }
      const days = prices.map(({ from }) => from);
      expect(days).toEqual([...new Set(days)].toSorted());
      for (const price of prices)
        for (const tier of [price, price.peak, price.batch, price.flex, price.priority]) {
          if (tier === undefined) continue;
          for (const tokens of [tier, ...(tier.longInput ?? [])]) {
            expect(tokens.input).toBeGreaterThan(0);
            for (const number of Object.values(tokens))
              if (typeof number === 'number') expect(Number.isSafeInteger(number)).toBe(true);
            expect(tokens.cacheRead ?? 0).toBeLessThanOrEqual(tokens.input);
          }
        }
    }
  });
});

test('a long input has no price in a tier that has none for it, where it has another one in the standard tier', () => {
  const short = { inputTokens: 272_000, outputTokens: 0 };
  const long = { inputTokens: 300_000, outputTokens: 0 };

  expect(microUsd(['openai', 'gpt-5.5-pro'], long)).toBe(18_000_000);
  expect(microUsd(['openai', 'gpt-5.5-pro', 'batch'], short)).toBe(4_080_000);
  expect(microUsd(['openai', 'gpt-5.5-pro', 'batch'], long)).toBeUndefined();
  expect(microUsd(['openai', 'gpt-5.5', 'priority'], long)).toBeUndefined();
  expect(microUsd(['openai', 'gpt-5.4-pro', 'batch'], long)).toBe(9_000_000);
});

describe('prices of your own', () => {
  const own = {
    provider: 'openai',
    model: 'gpt-5',
    source: 'contract 7',
    prices: [{ from: '2026-01-01', input: 1_000_000, output: 1_000_000 }],
  };

  test('win over the built-in ones, and the others stay', () => {
    const table = withPrices([own], { version: 'mine-7' });
    const usage = { inputTokens: 10, outputTokens: 10 };

    expect(costOf({ provider: 'openai', model: 'gpt-5', usage, at: november }, table)).toEqual({
      microUsd: 20,
      exactMicroUsd: 20,
      priceTable: 'mine-7',
      priceId: 'openai/gpt-5@2026-01-01',
      priceSource: 'contract 7',
      tier: 'standard',
    });
    expect(
      costOf({ provider: 'anthropic', model: 'claude-opus-5', usage, at: november }, table)
        ?.microUsd,
    ).toBe(300);
  });

  test('are for the names they give: the other names of the same entry keep their price', () => {
    const usage = { inputTokens: 1000, outputTokens: 0 };
    const eu = { ...own, provider: 'aws.bedrock', model: 'eu.amazon.nova-2-lite' };
    const table = withPrices([eu], { version: 'mine-8' });
    const priced = (model: string): unknown =>
      costOf({ provider: 'aws.bedrock', model, usage, at: november }, table)?.microUsd;

    expect(priced('eu.amazon.nova-2-lite')).toBe(1000);
    expect(priced('us.amazon.nova-2-lite')).toBe(330);
    expect(priced('jp.amazon.nova-2-lite')).toBe(330);
  });

  test('for one endpoint leave the others theirs', () => {
    const usage = { inputTokens: 1000, outputTokens: 0 };
    const provider = 'gcp.vertex_ai';
    const model = 'claude-opus-5';
    const at = november;
    const ours = {
      ...own,
      provider,
      model,
      serverAddress: 'europe-west1-aiplatform.googleapis.com',
    };
    const table = withPrices([ours], { version: 'mine-9' });
    const priced = (serverAddress: string): unknown =>
      costOf({ provider, model, usage, at, serverAddress }, table)?.microUsd;

    expect(priced('europe-west1-aiplatform.googleapis.com')).toBe(1000);
    expect(priced('aiplatform.googleapis.com')).toBe(5000);
  });

  test.each<[string, object, string]>([
    [
      'a price below zero',
      { longInput: [{ above: 1, input: -1 }] },
      'longInput above 1, input is -1',
    ],
    [
      'of a tier',
      { batch: { input: 1, longInput: [{ above: 1, input: -1 }] } },
      'batch, longInput above 1, input is -1',
    ],
    [
      'no threshold',
      { longInput: [{ above: -5, input: 1 }] },
      'longInput, above is -5: use the number of input tokens',
    ],
    [
      'thresholds that fall',
      {
        longInput: [
          { above: 9, input: 1 },
          { above: 5, input: 1 },
        ],
      },
      'above is 5',
    ],
    ['long input that is no list', { longInput: { above: 5, input: 1 } }, 'longInput is'],
    ['a day that is none', { until: 'x' }, 'until is "x": use a day as YYYY-MM-DD'],
    ['an end before the start', { until: '2025-01-01' }, 'until is "2025-01-01"'],
    ['text', { input: '2' }, 'input is "2": use a whole number'],
    ['no input', { input: undefined }, 'input is undefined: use a whole number'],
    ['a day that no month has', { from: '2026-02-30' }, 'from is "2026-02-30": use a day'],
    ['an end that no month has', { until: '2027-02-29' }, 'until is "2027-02-29": use a day'],
    ['an hour that no day has', { from: '2026-02-01T24:00Z' }, 'from is "2026-02-01T24:00Z"'],
    [
      'a member that is misspelt',
      { cache_read: 1 },
      'a member of prices of openai gpt-5 is "cache_read": use `cacheRead`',
    ],
    ['a member of elsewhere', { above: 1 }, 'is "above": use one of input, output,'],
    [
      'a misspelt member of a tier',
      { batch: { input: 1, outputs: 1 } },
      'a member of prices of openai gpt-5, batch is "outputs": use `output`',
    ],
    ['long input that is no object', { longInput: [3] }, 'longInput is 3: use objects'],
    ['a tier that is no object', { flex: 3 }, 'flex is 3: use an object of prices'],
    ['a longest input that is none', { maxInputTokens: 0 }, 'maxInputTokens is 0: use'],
  ])('with %s are refused', (_, price, message) => {
    const prices = [{ ...own.prices[0]!, ...price }];

    expect(() => withPrices([{ ...own, prices }], { version: 'x' })).toThrow(message);
  });

  test.each<[object, string]>([
    [{ provider: '' }, 'provider is ""'],
    [{ model: 7 }, 'model is 7'],
    [{ prices: [] }, 'prices of openai gpt-5 is []'],
    [{ prices: undefined }, 'prices of openai gpt-5 is undefined'],
    [{ aliases: 'gpt' }, 'aliases of openai gpt-5 is "gpt"'],
    [{ source: undefined }, 'source of openai gpt-5 is undefined: use where the price is from'],
    [{ source: '' }, 'source of openai gpt-5 is ""'],
    [{ alias: ['gpt'] }, 'a member of openai gpt-5 is "alias": use `aliases`'],
    [{ prices: [null] }, 'prices of openai gpt-5 is null: use objects'],
  ])('of an entry that is none are refused: %o', (entry, message) => {
    expect(() => withPrices([{ ...own, ...entry }], { version: 'x' })).toThrow(message);
  });

  test('given twice are refused: nobody could tell which one is meant', () => {
    const twice = 'one entry for each name';

    expect(() => withPrices([own, own], { version: 'x' })).toThrow('model of openai is "gpt-5"');
    expect(() =>
      withPrices([own, { ...own, model: 'm', aliases: ['gpt-5'] }], { version: 'x' }),
    ).toThrow(twice);
    const elsewhere = { ...own, serverAddress: 'eu.example.com' };
    expect(withPrices([own, elsewhere], { version: 'x' }).models).toContain(elsewhere);
  });

  test.each([null, undefined, {}, [null], ['gpt-5'], [[]]])(
    'that are no list of models are refused: %j',
    (models) => {
      expect(() => withPrices(models as never, { version: 'x' })).toThrow('models is');
    },
  );

  test('of the built-in table can be given on as they are', () => {
    const { models } = withPrices(priceTable.models, { version: 'x' });

    expect(models).toHaveLength(2 * priceTable.models.length);
  });

  test('without a version are refused, which would stand on every span', () => {
    expect(() => withPrices([own], { version: '' })).toThrow('version is ""');
  });

  test('that cannot be right are told with the model, the value and what to write', () => {
    const withPrice = (price: object) => () =>
      withPrices([{ ...own, prices: [{ ...own.prices[0]!, ...price }] }], { version: 'x' });

    expect(withPrice({ input: 1.25 })).toThrow(
      'prices of openai gpt-5, input is 1.25: use a whole number of micro-USD per million tokens',
    );
    expect(withPrice({ from: '1 May' })).toThrow('from is "1 May": use a day as YYYY-MM-DD');
  });
});

describe('a stored span', () => {
  const attributes = {
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-6-sol',
    'gen_ai.response.model': 'gpt-6-sol-2026-09-01',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.cache_read.input_tokens': 800,
    'gen_ai.usage.output_tokens': 10,
  };

  test('is priced again from its attributes, with the price of its day', () => {
    // 200 x 2 + 800 x 0.2 + 10 x 10.
    expect(costOfSpan(attributes, november)).toMatchObject({
      microUsd: 660,
      priceTable: priceTable.version,
    });
    const batch = { ...attributes, 'llm_otel.cost.tier': 'batch' };
    expect(costOfSpan(batch, november)?.microUsd).toBe(330);
  });

  test('is priced by the name that was asked for where the answer’s is not known', () => {
    const routed = { ...attributes, 'gen_ai.response.model': 'a-gateway-name' };

    expect(costOfSpan(routed, november)?.microUsd).toBe(660);
  });

  test('has no cost where it repeats the tokens of others, or is no model call', () => {
    expect(costOfSpan({ ...attributes, 'llm_otel.usage.rollup': true }, november)).toBeUndefined();
    expect(costOfSpan({ 'http.request.method': 'GET' }, november)).toBeUndefined();
    expect(
      costOfSpan({ ...attributes, 'gen_ai.provider.name': 'other' }, november),
    ).toBeUndefined();
  });
});

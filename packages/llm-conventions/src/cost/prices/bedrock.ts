import type { PriceList } from '../price-list.ts';

// On demand, standard tier: the ids for which AWS lists one price, whatever the region. Those of a geography (`us.`) or of a
// single region cost a tenth more than `global.`. Left out are models whose price depends on the region, which an id does
// not tell (Llama, Mistral, Titan, the first Nova), and GPT-6 Luna and Sol, which had no list price when this was read.
export const bedrockPrices: PriceList = {
  provider: 'aws.bedrock',
  source:
    'aws.amazon.com/bedrock/pricing, its price list API and model cards, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
global.amazon.nova-2-lite : input 0.3 output 2.5 cacheRead 0.075
us.amazon.nova-2-lite : input 0.33 output 2.75 cacheRead 0.0825
eu.amazon.nova-2-lite = us.amazon.nova-2-lite
jp.amazon.nova-2-lite = us.amazon.nova-2-lite
global.anthropic.claude-fable-5-1 : input 10 output 50 cacheRead 0.25 cacheWrite 12.5 cacheWriteOneHour 20
global.anthropic.claude-fable-5-2 : input 8 output 40 cacheRead 0.2 cacheWrite 10 cacheWriteOneHour 16
global.anthropic.claude-fable-5 : input 10 output 50 cacheRead 1 cacheWrite 12.5 cacheWriteOneHour 20
global.anthropic.claude-haiku-4-5 : input 1 output 5 cacheRead 0.1 cacheWrite 1.25 cacheWriteOneHour 2
global.anthropic.claude-haiku-5-5 : input 0.1 output 0.5 cacheRead 0.01 cacheWrite 0.125 cacheWriteOneHour 0.2
global.anthropic.claude-haiku-5-5 above 100000 : input 0.5 output 2.5 cacheRead 0.05 cacheWrite 0.625 cacheWriteOneHour 1
global.anthropic.claude-mythos-5-2 : input 8 output 40 cacheRead 0.2 cacheWrite 10 cacheWriteOneHour 16
global.anthropic.claude-opus-4-5 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
global.anthropic.claude-opus-4-6 from 2026-03-13 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
global.anthropic.claude-opus-4-7 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
global.anthropic.claude-opus-4-8 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
global.anthropic.claude-opus-5 : input 5 output 25 cacheRead 0.5 cacheWrite 6.25 cacheWriteOneHour 10
global.anthropic.claude-opus-5-5 : input 4 output 20 cacheRead 0.2 cacheWrite 5 cacheWriteOneHour 8
global.anthropic.claude-sonnet-4 upTo 200000 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75
global.anthropic.claude-sonnet-4-5 upTo 200000 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
global.anthropic.claude-sonnet-4-6 from 2026-03-13 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75 cacheWriteOneHour 6
global.anthropic.claude-sonnet-5-5 : input 2 output 10 cacheRead 0.1 cacheWrite 2.5 cacheWriteOneHour 4
global.anthropic.claude-sonnet-5 : input 2 output 10 cacheRead 0.2 cacheWrite 2.5 cacheWriteOneHour 4
anthropic.claude-fable-5-1 via us : input 11 output 55 cacheRead 0.275 cacheWrite 13.75 cacheWriteOneHour 22
anthropic.claude-fable-5-2 via us,eu : input 8.8 output 44 cacheRead 0.22 cacheWrite 11 cacheWriteOneHour 17.6
anthropic.claude-fable-5 via us,au,eu : input 11 output 55 cacheRead 1.1 cacheWrite 13.75 cacheWriteOneHour 22
anthropic.claude-haiku-4-5 via us,au,apac,eu,us-gov,jp,in : input 1.1 output 5.5 cacheRead 0.11 cacheWrite 1.375 cacheWriteOneHour 2.2
anthropic.claude-haiku-5-5 via us,au,apac,eu,us-gov,jp : input 0.11 output 0.55 cacheRead 0.011 cacheWrite 0.1375 cacheWriteOneHour 0.22
anthropic.claude-haiku-5-5 above 100000 : input 0.55 output 2.75 cacheRead 0.055 cacheWrite 0.6875 cacheWriteOneHour 1.1
anthropic.claude-mythos-5-2 via us,eu : input 8.8 output 44 cacheRead 0.22 cacheWrite 11 cacheWriteOneHour 17.6
anthropic.claude-opus-4-1 via us,au,apac,eu,us-gov,jp : input 15 output 75 cacheRead 1.5 cacheWrite 18.75
anthropic.claude-opus-4-5 via us,au,apac,eu,us-gov,jp : input 5.5 output 27.5 cacheRead 0.55 cacheWrite 6.875 cacheWriteOneHour 11
anthropic.claude-opus-4-6 from 2026-03-13 via us,au,apac,eu,us-gov,jp : input 5.5 output 27.5 cacheRead 0.55 cacheWrite 6.875 cacheWriteOneHour 11
anthropic.claude-opus-4-7 via us,au,apac,eu,us-gov,jp : input 5.5 output 27.5 cacheRead 0.55 cacheWrite 6.875 cacheWriteOneHour 11
anthropic.claude-opus-4-8 via us,au,eu,jp : input 5.5 output 27.5 cacheRead 0.55 cacheWrite 6.875 cacheWriteOneHour 11
anthropic.claude-opus-5 via us,au,eu,jp,in : input 5.5 output 27.5 cacheRead 0.55 cacheWrite 6.875 cacheWriteOneHour 11
anthropic.claude-opus-5-5 via us,au,eu,jp : input 4.4 output 22 cacheRead 0.22 cacheWrite 5.5 cacheWriteOneHour 8.8
anthropic.claude-sonnet-4 via us,au,apac,eu,us-gov,jp upTo 200000 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75
anthropic.claude-sonnet-4-5 via us,au,apac,eu,us-gov,jp upTo 200000 : input 3.3 output 16.5 cacheRead 0.33 cacheWrite 4.125 cacheWriteOneHour 6.6
anthropic.claude-sonnet-4-6 from 2026-03-13 via us,au,apac,eu,us-gov,jp : input 3.3 output 16.5 cacheRead 0.33 cacheWrite 4.125 cacheWriteOneHour 6.6
anthropic.claude-sonnet-5-5 via us,au,apac,eu,us-gov,jp : input 2.2 output 11 cacheRead 0.11 cacheWrite 2.75 cacheWriteOneHour 4.4
anthropic.claude-sonnet-5 via us,au,apac,eu,us-gov,jp,in : input 2.2 output 11 cacheRead 0.22 cacheWrite 2.75 cacheWriteOneHour 4.4
global.moonshotai.kimi-k3 : input 3 output 15 cacheRead 0.3 cacheWrite 3.75
global.moonshotai.kimi-k3.1 : input 4 output 20 cacheRead 0.2 cacheWrite 5
moonshotai.kimi-k3 via us,in : input 3.3 output 16.5 cacheRead 0.33 cacheWrite 4.125
us.moonshotai.kimi-k3.1 : input 4.4 output 22 cacheRead 0.22 cacheWrite 5.5
in.moonshotai.kimi-k3.1 = us.moonshotai.kimi-k3.1
global.openai.gpt-5.6-luna : input 0.2 output 1.2 cacheRead 0.02 cacheWrite 0.25
global.openai.gpt-5.6-luna above 272000 : input 0.4 output 1.8 cacheRead 0.04 cacheWrite 0.5
global.openai.gpt-5.6-sol : input 5 output 30 cacheRead 0.5 cacheWrite 6.25
global.openai.gpt-5.6-sol above 272000 : input 10 output 45 cacheRead 1 cacheWrite 12.5
global.openai.gpt-5.6-sol from 2026-08-21 : input 4 output 20 cacheRead 0.4 cacheWrite 5
global.openai.gpt-5.6-sol from 2026-08-21 above 272000 : input 8 output 30 cacheRead 0.8 cacheWrite 10
global.openai.gpt-5.6-terra : input 2 output 12 cacheRead 0.2 cacheWrite 2.5
global.openai.gpt-5.6-terra above 272000 : input 4 output 18 cacheRead 0.4 cacheWrite 5
global.openai.gpt-6-astra : input 10 output 50 cacheRead 1 cacheWrite 12.5
global.openai.gpt-6-astra above 272000 : input 20 output 75 cacheRead 2 cacheWrite 25
global.openai.gpt-6.1-sol : input 2 output 10 cacheRead 0.1 cacheWrite 2.5
global.openai.gpt-6.1-sol above 272000 : input 4 output 15 cacheRead 0.2 cacheWrite 5
global.openai.gpt-6.1-terra : input 1 output 5 cacheRead 0.05 cacheWrite 1.25
global.openai.gpt-6.1-terra above 272000 : input 2 output 7.5 cacheRead 0.1 cacheWrite 2.5
openai.gpt-5.6-luna via us,in : input 1.1 output 6.6 cacheRead 0.11 cacheWrite 1.375
openai.gpt-5.6-luna from 2026-07-30 : input 0.22 output 1.32 cacheRead 0.022 cacheWrite 0.275
openai.gpt-5.6-luna from 2026-07-30 above 272000 : input 0.44 output 1.98 cacheRead 0.044 cacheWrite 0.55
openai.gpt-5.6-sol via us : input 5.5 output 33 cacheRead 0.55 cacheWrite 6.875
openai.gpt-5.6-sol above 272000 : input 11 output 49.5 cacheRead 1.1 cacheWrite 13.75
openai.gpt-5.6-sol from 2026-08-21 : input 4.4 output 22 cacheRead 0.44 cacheWrite 5.5
openai.gpt-5.6-sol from 2026-08-21 above 272000 : input 8.8 output 33 cacheRead 0.88 cacheWrite 11
openai.gpt-5.6-terra via us,in : input 2.75 output 16.5 cacheRead 0.275 cacheWrite 3.4375
openai.gpt-5.6-terra from 2026-07-30 : input 2.2 output 13.2 cacheRead 0.22 cacheWrite 2.75
openai.gpt-5.6-terra from 2026-07-30 above 272000 : input 4.4 output 19.8 cacheRead 0.44 cacheWrite 5.5
openai.gpt-6-astra via us : input 11 output 55 cacheRead 1.1 cacheWrite 13.75
openai.gpt-6-astra above 272000 : input 22 output 82.5 cacheRead 2.2 cacheWrite 27.5
openai.gpt-6.1-sol via us : input 2.2 output 11 cacheRead 0.11 cacheWrite 2.75
openai.gpt-6.1-sol above 272000 : input 4.4 output 16.5 cacheRead 0.22 cacheWrite 5.5
openai.gpt-6.1-terra via us : input 1.1 output 5.5 cacheRead 0.055 cacheWrite 1.375
openai.gpt-6.1-terra above 272000 : input 2.2 output 8.25 cacheRead 0.11 cacheWrite 2.75
global.zai.glm-5.3 : input 1.68 output 5.28 cacheRead 0.312 cacheWrite 2.1
us.zai.glm-5.3 : input 1.848 output 5.808 cacheRead 0.3432 cacheWrite 2.31
`,
};

import type { PriceList } from '../price-list.ts';

// On demand, standard tier: the ids for which AWS lists one price, whatever the region. Those of a geography (`us.`) or of a
// single region cost a tenth more than `global.`. Left out are models whose price depends on the region, which an id does
// not tell (Llama, Mistral, Titan, the first Nova), and GPT-6 Luna and Sol, which had no list price when this was read.
export const bedrockPrices: PriceList = {
  provider: 'aws.bedrock',
  // By region: the API, its dual-stack and FIPS endpoints, private links, and the one that speaks the API of OpenAI. Other
  // hosts below amazonaws.com, such as load balancers, may be anybody's.
  ownServers: [
    'bedrock-runtime.*.amazonaws.com',
    'bedrock-runtime-fips.*.amazonaws.com',
    'bedrock-runtime.*.api.aws',
    'bedrock-runtime-fips.*.api.aws',
    'bedrock-runtime.*.vpce.amazonaws.com',
    'bedrock-runtime-fips.*.vpce.amazonaws.com',
    'bedrock-mantle.*.api.aws',
    'bedrock-mantle.*.vpce.amazonaws.com',
  ],
  source:
    'aws.amazon.com/bedrock/pricing, its price list API and model cards, as recorded by genai-prices 0.2.3 (Pydantic, November 2026)',
  prices: `
global.amazon.nova-2-lite : in 0.3 out 2.5 read 0.075
us.amazon.nova-2-lite : in 0.33 out 2.75 read 0.0825
eu.amazon.nova-2-lite = us.amazon.nova-2-lite
jp.amazon.nova-2-lite = us.amazon.nova-2-lite
global.anthropic.claude-fable-5-1 : in 10 out 50 read 0.25 write 12.5 hour 20
global.anthropic.claude-fable-5-2 : in 8 out 40 read 0.2 write 10 hour 16
global.anthropic.claude-fable-5 : in 10 out 50 read 1 write 12.5 hour 20
global.anthropic.claude-haiku-4-5 : in 1 out 5 read 0.1 write 1.25 hour 2
global.anthropic.claude-haiku-5-5 : in 0.1 out 0.5 read 0.01 write 0.125 hour 0.2
global.anthropic.claude-haiku-5-5 above 100000 : in 0.5 out 2.5 read 0.05 write 0.625 hour 1
global.anthropic.claude-mythos-5-2 : in 8 out 40 read 0.2 write 10 hour 16
global.anthropic.claude-opus-4-5 : in 5 out 25 read 0.5 write 6.25 hour 10
global.anthropic.claude-opus-4-6 from 2026-03-13 : in 5 out 25 read 0.5 write 6.25 hour 10
global.anthropic.claude-opus-4-7 : in 5 out 25 read 0.5 write 6.25 hour 10
global.anthropic.claude-opus-4-8 : in 5 out 25 read 0.5 write 6.25 hour 10
global.anthropic.claude-opus-5 : in 5 out 25 read 0.5 write 6.25 hour 10
global.anthropic.claude-opus-5-5 : in 4 out 20 read 0.2 write 5 hour 8
global.anthropic.claude-sonnet-4 upTo 200000 : in 3 out 15 read 0.3 write 3.75
global.anthropic.claude-sonnet-4-5 upTo 200000 : in 3 out 15 read 0.3 write 3.75 hour 6
global.anthropic.claude-sonnet-4-6 from 2026-03-13 : in 3 out 15 read 0.3 write 3.75 hour 6
global.anthropic.claude-sonnet-5-5 : in 2 out 10 read 0.1 write 2.5 hour 4
global.anthropic.claude-sonnet-5 : in 2 out 10 read 0.2 write 2.5 hour 4
anthropic.claude-fable-5-1 via us : in 11 out 55 read 0.275 write 13.75 hour 22
anthropic.claude-fable-5-2 via us,eu : in 8.8 out 44 read 0.22 write 11 hour 17.6
anthropic.claude-fable-5 via us,au,eu : in 11 out 55 read 1.1 write 13.75 hour 22
anthropic.claude-haiku-4-5 via us,au,apac,eu,us-gov,jp,in : in 1.1 out 5.5 read 0.11 write 1.375 hour 2.2
anthropic.claude-haiku-5-5 via us,au,apac,eu,us-gov,jp : in 0.11 out 0.55 read 0.011 write 0.1375 hour 0.22
anthropic.claude-haiku-5-5 above 100000 : in 0.55 out 2.75 read 0.055 write 0.6875 hour 1.1
anthropic.claude-mythos-5-2 via us,eu : in 8.8 out 44 read 0.22 write 11 hour 17.6
anthropic.claude-opus-4-1 via us,au,apac,eu,us-gov,jp : in 15 out 75 read 1.5 write 18.75
anthropic.claude-opus-4-5 via us,au,apac,eu,us-gov,jp : in 5.5 out 27.5 read 0.55 write 6.875 hour 11
anthropic.claude-opus-4-6 from 2026-03-13 via us,au,apac,eu,us-gov,jp : in 5.5 out 27.5 read 0.55 write 6.875 hour 11
anthropic.claude-opus-4-7 via us,au,apac,eu,us-gov,jp : in 5.5 out 27.5 read 0.55 write 6.875 hour 11
anthropic.claude-opus-4-8 via us,au,eu,jp : in 5.5 out 27.5 read 0.55 write 6.875 hour 11
anthropic.claude-opus-5 via us,au,eu,jp,in : in 5.5 out 27.5 read 0.55 write 6.875 hour 11
anthropic.claude-opus-5-5 via us,au,eu,jp : in 4.4 out 22 read 0.22 write 5.5 hour 8.8
anthropic.claude-sonnet-4 via us,au,apac,eu,us-gov,jp upTo 200000 : in 3 out 15 read 0.3 write 3.75
anthropic.claude-sonnet-4-5 via us,au,apac,eu,us-gov,jp upTo 200000 : in 3.3 out 16.5 read 0.33 write 4.125 hour 6.6
anthropic.claude-sonnet-4-6 from 2026-03-13 via us,au,apac,eu,us-gov,jp : in 3.3 out 16.5 read 0.33 write 4.125 hour 6.6
anthropic.claude-sonnet-5-5 via us,au,apac,eu,us-gov,jp : in 2.2 out 11 read 0.11 write 2.75 hour 4.4
anthropic.claude-sonnet-5 via us,au,apac,eu,us-gov,jp,in : in 2.2 out 11 read 0.22 write 2.75 hour 4.4
global.moonshotai.kimi-k3 : in 3 out 15 read 0.3 write 3.75
global.moonshotai.kimi-k3.1 : in 4 out 20 read 0.2 write 5
moonshotai.kimi-k3 via us,in : in 3.3 out 16.5 read 0.33 write 4.125
us.moonshotai.kimi-k3.1 : in 4.4 out 22 read 0.22 write 5.5
in.moonshotai.kimi-k3.1 = us.moonshotai.kimi-k3.1
global.openai.gpt-5.6-luna : in 0.2 out 1.2 read 0.02 write 0.25
global.openai.gpt-5.6-luna above 272000 : in 0.4 out 1.8 read 0.04 write 0.5
global.openai.gpt-5.6-sol : in 5 out 30 read 0.5 write 6.25
global.openai.gpt-5.6-sol above 272000 : in 10 out 45 read 1 write 12.5
global.openai.gpt-5.6-sol from 2026-08-21 : in 4 out 20 read 0.4 write 5
global.openai.gpt-5.6-sol from 2026-08-21 above 272000 : in 8 out 30 read 0.8 write 10
global.openai.gpt-5.6-terra : in 2 out 12 read 0.2 write 2.5
global.openai.gpt-5.6-terra above 272000 : in 4 out 18 read 0.4 write 5
global.openai.gpt-6-astra : in 10 out 50 read 1 write 12.5
global.openai.gpt-6-astra above 272000 : in 20 out 75 read 2 write 25
global.openai.gpt-6.1-sol : in 2 out 10 read 0.1 write 2.5
global.openai.gpt-6.1-sol above 272000 : in 4 out 15 read 0.2 write 5
global.openai.gpt-6.1-terra : in 1 out 5 read 0.05 write 1.25
global.openai.gpt-6.1-terra above 272000 : in 2 out 7.5 read 0.1 write 2.5
openai.gpt-5.6-luna via us,in : in 1.1 out 6.6 read 0.11 write 1.375
openai.gpt-5.6-luna from 2026-07-30 : in 0.22 out 1.32 read 0.022 write 0.275
openai.gpt-5.6-luna from 2026-07-30 above 272000 : in 0.44 out 1.98 read 0.044 write 0.55
openai.gpt-5.6-sol via us : in 5.5 out 33 read 0.55 write 6.875
openai.gpt-5.6-sol above 272000 : in 11 out 49.5 read 1.1 write 13.75
openai.gpt-5.6-sol from 2026-08-21 : in 4.4 out 22 read 0.44 write 5.5
openai.gpt-5.6-sol from 2026-08-21 above 272000 : in 8.8 out 33 read 0.88 write 11
openai.gpt-5.6-terra via us,in : in 2.75 out 16.5 read 0.275 write 3.4375
openai.gpt-5.6-terra from 2026-07-30 : in 2.2 out 13.2 read 0.22 write 2.75
openai.gpt-5.6-terra from 2026-07-30 above 272000 : in 4.4 out 19.8 read 0.44 write 5.5
openai.gpt-6-astra via us : in 11 out 55 read 1.1 write 13.75
openai.gpt-6-astra above 272000 : in 22 out 82.5 read 2.2 write 27.5
openai.gpt-6.1-sol via us : in 2.2 out 11 read 0.11 write 2.75
openai.gpt-6.1-sol above 272000 : in 4.4 out 16.5 read 0.22 write 5.5
openai.gpt-6.1-terra via us : in 1.1 out 5.5 read 0.055 write 1.375
openai.gpt-6.1-terra above 272000 : in 2.2 out 8.25 read 0.11 write 2.75
global.zai.glm-5.3 : in 1.68 out 5.28 read 0.312 write 2.1
us.zai.glm-5.3 : in 1.848 out 5.808 read 0.3432 write 2.31
`,
};

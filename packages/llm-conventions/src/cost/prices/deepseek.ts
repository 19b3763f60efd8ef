import type { PriceList } from '../price-list.ts';

const PEAK_HOURS = [
  [1, 4],
  [6, 10],
] as const;

// Peak hours cost twice as much since 2026-08-17 in Beijing, where weekends are off-peak since 2026-08-23 and public holidays
// too. The holidays of 2027 are not in here, so that the cost is unknown from then on.
export const deepSeekPrices: PriceList = {
  provider: 'deepseek',
  ownServers: ['api.deepseek.com'],
  source:
    'api-docs.deepseek.com/quick_start/pricing, as of 2026-11-15; prices before 2026-09-10 as recorded by genai-prices 0.2.3 (Pydantic, November 2026); holidays of 2026 from the notice of the State Council of China (2025, no. 7)',
  peakTimes: {
    daily: { hours: PEAK_HOURS },
    workdays: {
      hours: PEAK_HOURS,
      weekdays: [1, 2, 3, 4, 5],
      except: ['2026-09-25', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    },
  },
  prices: `
deepseek-flash from 2026-09-10 until 2027-01-01 : in 0.15 out 0.6 read 0.003
deepseek-flash from 2026-09-10 peak workdays : in 0.3 out 1.2 read 0.006
deepseek-v4-pro : in 0.435 out 0.87 read 0.003625
deepseek-v4-pro from 2026-08-16T16:00Z : in 0.66 out 1.98 read 0.022
deepseek-v4-pro from 2026-08-16T16:00Z peak daily : in 1.32 out 3.96 read 0.044
deepseek-v4-pro from 2026-08-23 until 2027-01-01 : in 0.66 out 1.98 read 0.022
deepseek-v4-pro from 2026-08-23 peak workdays : in 1.32 out 3.96 read 0.044
deepseek-v4-flash : in 0.14 out 0.28 read 0.0028
deepseek-v4-flash from 2026-08-16T16:00Z : in 0.22 out 0.66 read 0.007
deepseek-v4-flash from 2026-08-16T16:00Z peak daily : in 0.44 out 1.32 read 0.014
deepseek-v4-flash from 2026-08-23 : in 0.22 out 0.66 read 0.007
deepseek-v4-flash from 2026-08-23 peak workdays : in 0.44 out 1.32 read 0.014
deepseek-v4-flash from 2026-09-10 until 2027-01-01 : in 0.15 out 0.6 read 0.003
deepseek-v4-flash from 2026-09-10 peak workdays : in 0.3 out 1.2 read 0.006
`,
};

import { australiaNumbers } from './australia.ts';
import { belgiumNumbers } from './belgium.ts';
import { brazilNumbers } from './brazil.ts';
import { canadaNumbers } from './canada.ts';
import { chinaNumbers } from './china.ts';
import { devicesNumbers } from './devices.ts';
import { franceNumbers } from './france.ts';
import { germanyNumbers } from './germany.ts';
import { indiaNumbers } from './india.ts';
import { italyNumbers } from './italy.ts';
import { netherlandsNumbers } from './netherlands.ts';
import { nordicCountriesNumbers } from './nordic-countries.ts';
import { polandNumbers } from './poland.ts';
import { portugalNumbers } from './portugal.ts';
import { singaporeNumbers } from './singapore.ts';
import { southAfricaNumbers } from './south-africa.ts';
import { southKoreaNumbers } from './south-korea.ts';
import { spainNumbers } from './spain.ts';
import { turkeyNumbers } from './turkey.ts';
import { unitedKingdomNumbers } from './united-kingdom.ts';
import { unitedStatesNumbers } from './united-states.ts';
import type { NumberFormat } from './labelled-number.ts';

/** The numbers of persons, companies and devices that are known by their form and check digits. */
export const nationalIds: readonly NumberFormat[] = [
  ...unitedKingdomNumbers,
  ...germanyNumbers,
  ...spainNumbers,
  ...franceNumbers,
  ...netherlandsNumbers,
  ...belgiumNumbers,
  ...polandNumbers,
  ...portugalNumbers,
  ...nordicCountriesNumbers,
  ...italyNumbers,
  ...canadaNumbers,
  ...brazilNumbers,
  ...indiaNumbers,
  ...chinaNumbers,
  ...singaporeNumbers,
  ...southAfricaNumbers,
  ...australiaNumbers,
  ...unitedStatesNumbers,
  ...devicesNumbers,
  ...turkeyNumbers,
  ...southKoreaNumbers,
];

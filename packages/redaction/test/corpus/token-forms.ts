import { aiServiceExamples } from '../../src/detectors/ai-service-tokens.ts';
import { businessServiceExamples } from '../../src/detectors/business-service-tokens.ts';
import { cloudExamples } from '../../src/detectors/cloud-tokens.ts';

/** What a service calls its keys, and how they are written. `<<` and `>>` mark the part that must go. */
export interface TokenForm {
  readonly service: string;
  readonly form: string;
}

function forms(table: Readonly<Record<string, readonly string[]>>): TokenForm[] {
  return Object.entries(table).flatMap(([service, list]) =>
    list.map((form) => ({ service, form })),
  );
}

/** Tokens that are recognisable alone. Those of the tables stand with them. The lengths are the published ones. */
export const tokenForms: readonly TokenForm[] = [
  ...forms(aiServiceExamples),
  ...forms(cloudExamples),
  ...forms(businessServiceExamples),
  ...forms({
    aws: ['{AKIA|ASIA|ABIA|ACCA}{b32:16}'],
    azure: [
      '{b62:3}{digit:1}Q~{b62:34}',
      '{b64:86}==',
      '{b62:52}JQQJ99{b62:26}',
      '{b62:42}AzSe{b62:6}',
      '{b62:76}+ASt{b62:6}A==',
      '{b62:76}ACDb{b62:6}w==',
      '{b62:44}AzFu{b62:6}==',
      '{b62:76}APIM{b62:6}g==',
    ],
    terraform: ['{b62:14}.atlasv1.{url64:67}'],
    npm: ['//npm.desk.example/:_authToken=<<{uuid}>>'],
    discord: ['{MTA|MTE|NzA|ODk}{b62:21}.{G|X|Y}{url64:5}.{url64:38}'],
    telegram: ['{digit:10}:AA{url64:33}'],
    paypal: ['access_token$production${lower36:16}${hex:32}'],
    mailgun: ['{hex:32}-{hex:8}-{hex:8}'],
    mailchimp: ['{hex:32}-us{digit:1}', '{hex:32}-us1{digit:1}'],
    airtable: ['pat{b62:14}.{hex:64}'],
  }),
];

export { type BedrockOptions, instrument } from './instrument.ts';

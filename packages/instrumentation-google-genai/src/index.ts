export { type GoogleGenAiOptions, instrument } from './instrument.ts';

import { BASE62, BASE64, HEX, LETTERS, URL64, UUID } from '../engine/characters.ts';
import type { TokenFormat } from './token-format.ts';

/** Keys of model providers and of the tools around them. The first format that fits names the finding. */
export const aiServiceTokens: readonly TokenFormat[] = [
  {
    kind: 'anthropic_api_key',
    prefixes: ['sk-ant-'],
    body: URL64,
    min: 20,
  },
  {
    kind: 'openai_api_key',
    prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-service-', 'sk-None-'],
    body: URL64,
    min: 20,
  },
  { kind: 'openrouter_api_key', prefixes: ['sk-or-v1-'], body: HEX, min: 32 },
  { kind: 'langfuse_secret_key', prefixes: ['sk-lf-'], body: UUID, min: 36 },
  { kind: 'minimax_api_key', prefixes: ['sk-api-'], body: URL64, min: 60, random: true },
  { kind: 'google_api_key', prefixes: ['AIza'], body: URL64, min: 35 },
  { kind: 'google_api_key', prefixes: ['AQ.Ab8RN6'], body: URL64, min: 22 },
  { kind: 'aws_bedrock_api_key', prefixes: ['ABSK'], body: BASE64, min: 60 },
  { kind: 'aws_bedrock_api_key', prefixes: ['bedrock-api-key-'], body: BASE64, min: 40 },
  { kind: 'huggingface_token', prefixes: ['hf_', 'api_org_'], body: BASE62, min: 30 },
  { kind: 'groq_api_key', prefixes: ['gsk_'], body: BASE62, min: 40 },
  { kind: 'xai_api_key', prefixes: ['xai-'], body: URL64, min: 50, random: true },
  { kind: 'perplexity_api_key', prefixes: ['pplx-'], body: BASE62, min: 32 },
  { kind: 'together_api_key', prefixes: ['tgp_v1_'], body: URL64, min: 30 },
  { kind: 'replicate_api_token', prefixes: ['r8_'], body: BASE62, min: 30 },
  { kind: 'nvidia_api_key', prefixes: ['nvapi-'], body: URL64, min: 40 },
  { kind: 'elevenlabs_api_key', prefixes: ['sk_'], body: HEX, min: 48 },
  { kind: 'cerebras_api_key', prefixes: ['csk-'], body: BASE62, min: 40 },
  { kind: 'runpod_api_key', prefixes: ['rpa_'], body: BASE62, min: 40 },
  { kind: 'langsmith_api_key', prefixes: ['lsv2_pt_', 'lsv2_sk_'], body: URL64, min: 32 },
  { kind: 'langsmith_api_key', prefixes: ['ls__'], body: HEX, min: 32 },
  { kind: 'wandb_api_key', prefixes: ['wandb_v1_'], body: URL64, min: 40 },
  { kind: 'pinecone_api_key', prefixes: ['pcsk_'], body: URL64, min: 40 },
  { kind: 'tavily_api_key', prefixes: ['tvly-'], body: URL64, min: 20, random: true },
  { kind: 'jina_api_key', prefixes: ['jina_'], body: BASE62, min: 40 },
  { kind: 'firecrawl_api_key', prefixes: ['fc-'], body: HEX, min: 32 },
  { kind: 'brave_search_api_key', prefixes: ['BSA'], body: URL64, min: 24, random: true },
  { kind: 'posthog_api_key', prefixes: ['phx_'], body: URL64, min: 40 },
  { kind: 'cognition_api_key', prefixes: ['apk_user_', 'apk_'], body: BASE64, min: 80 },
  // Several providers use bare `sk-`: the old OpenAI keys, DeepSeek, Moonshot. Last, so that a known name wins.
  { kind: 'openai_api_key', prefixes: ['sk-'], body: LETTERS | URL64, min: 20, random: true },
];

// Generated from tooling/semconv/model by tooling/semconv/generate.ts. Do not edit.

/** Guardrail that filters the request or the answer. */
export const ATTR_AWS_BEDROCK_GUARDRAIL_ID = 'aws.bedrock.guardrail.id' as const;
/** Knowledge base that was queried. */
export const ATTR_AWS_BEDROCK_KNOWLEDGE_BASE_ID = 'aws.bedrock.knowledge_base.id' as const;
/** Azure resource provider of the service. */
export const ATTR_AZURE_RESOURCE_PROVIDER_NAMESPACE = 'azure.resource_provider.namespace' as const;
/** Address of the client, as seen by the server. */
export const ATTR_CLIENT_ADDRESS = 'client.address' as const;
/** Port of the client. */
export const ATTR_CLIENT_PORT = 'client.port' as const;
/** Low-cardinality word for what went wrong; absent on success. */
export const ATTR_ERROR_TYPE = 'error.type' as const;
/** Message of the exception. */
export const ATTR_EXCEPTION_MESSAGE = 'exception.message' as const;
/** Stack trace of the exception. */
export const ATTR_EXCEPTION_STACKTRACE = 'exception.stacktrace' as const;
/** Class name of the exception. */
export const ATTR_EXCEPTION_TYPE = 'exception.type' as const;
/** What the agent is for, as the application describes it. */
export const ATTR_GEN_AI_AGENT_DESCRIPTION = 'gen_ai.agent.description' as const;
/** Stable id that the provider gave the agent; never an in-memory id. */
export const ATTR_GEN_AI_AGENT_ID = 'gen_ai.agent.id' as const;
/** Name the application gives the agent. */
export const ATTR_GEN_AI_AGENT_NAME = 'gen_ai.agent.name' as const;
/** Version of the agent. */
export const ATTR_GEN_AI_AGENT_VERSION = 'gen_ai.agent.version' as const;
/** True when the history was compacted for this call; otherwise absent. */
export const ATTR_GEN_AI_CONVERSATION_COMPACTED = 'gen_ai.conversation.compacted' as const;
/** Id of the conversation, session or thread; never made up. */
export const ATTR_GEN_AI_CONVERSATION_ID = 'gen_ai.conversation.id' as const;
/** Id of the data source as the GenAI system knows it. */
export const ATTR_GEN_AI_DATA_SOURCE_ID = 'gen_ai.data_source.id' as const;
/** Dimensions of the embedding vectors. */
export const ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT = 'gen_ai.embeddings.dimension.count' as const;
/** Why the evaluator gave this score. */
export const ATTR_GEN_AI_EVALUATION_EXPLANATION = 'gen_ai.evaluation.explanation' as const;
/** Name of the metric that was evaluated. */
export const ATTR_GEN_AI_EVALUATION_NAME = 'gen_ai.evaluation.name' as const;
/** Score as a word, few distinct values. */
export const ATTR_GEN_AI_EVALUATION_SCORE_LABEL = 'gen_ai.evaluation.score.label' as const;
/** Score as a number. */
export const ATTR_GEN_AI_EVALUATION_SCORE_VALUE = 'gen_ai.evaluation.score.value' as const;
/** Messages sent to the model, in the order sent. */
export const ATTR_GEN_AI_INPUT_MESSAGES = 'gen_ai.input.messages' as const;
/** What the main agent of the process is for. */
export const ATTR_GEN_AI_MAIN_AGENT_DESCRIPTION = 'gen_ai.main_agent.description' as const;
/** Stable id of the main agent of the process. */
export const ATTR_GEN_AI_MAIN_AGENT_ID = 'gen_ai.main_agent.id' as const;
/** Name of the main agent of the process. */
export const ATTR_GEN_AI_MAIN_AGENT_NAME = 'gen_ai.main_agent.name' as const;
/** Text used to search the memory. */
export const ATTR_GEN_AI_MEMORY_QUERY_TEXT = 'gen_ai.memory.query.text' as const;
/** Records returned by a search, or addressed by any other memory operation. */
export const ATTR_GEN_AI_MEMORY_RECORD_COUNT = 'gen_ai.memory.record.count' as const;
/** Id of the one record that is addressed. */
export const ATTR_GEN_AI_MEMORY_RECORD_ID = 'gen_ai.memory.record.id' as const;
/** Memory records with their content. */
export const ATTR_GEN_AI_MEMORY_RECORDS = 'gen_ai.memory.records' as const;
/** Id of the memory store. */
export const ATTR_GEN_AI_MEMORY_STORE_ID = 'gen_ai.memory.store.id' as const;
/** What kind of operation the span covers. */
export const ATTR_GEN_AI_OPERATION_NAME = 'gen_ai.operation.name' as const;
/** Messages the model answered with, one per choice. */
export const ATTR_GEN_AI_OUTPUT_MESSAGES = 'gen_ai.output.messages' as const;
/** Modality asked for. */
export const ATTR_GEN_AI_OUTPUT_TYPE = 'gen_ai.output.type' as const;
/** Name of the prompt template in use. */
export const ATTR_GEN_AI_PROMPT_NAME = 'gen_ai.prompt.name' as const;
/** Value put into the prompt template, one attribute per variable. */
export const ATTR_GEN_AI_PROMPT_VARIABLE = 'gen_ai.prompt.variable.' as const;
/** Version of the prompt template in use. */
export const ATTR_GEN_AI_PROMPT_VERSION = 'gen_ai.prompt.version' as const;
/** Provider as the caller knows it. */
export const ATTR_GEN_AI_PROVIDER_NAME = 'gen_ai.provider.name' as const;
/** Number of choices asked for. */
export const ATTR_GEN_AI_REQUEST_CHOICE_COUNT = 'gen_ai.request.choice.count' as const;
/** Encodings asked for in an embeddings request. */
export const ATTR_GEN_AI_REQUEST_ENCODING_FORMATS = 'gen_ai.request.encoding_formats' as const;
/** Frequency penalty sent. */
export const ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY = 'gen_ai.request.frequency_penalty' as const;
/** Upper limit of output tokens sent. */
export const ATTR_GEN_AI_REQUEST_MAX_TOKENS = 'gen_ai.request.max_tokens' as const;
/** Model as it was asked for. */
export const ATTR_GEN_AI_REQUEST_MODEL = 'gen_ai.request.model' as const;
/** Presence penalty sent. */
export const ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY = 'gen_ai.request.presence_penalty' as const;
/** Id of the earlier response this request builds on. */
export const ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID = 'gen_ai.request.previous_response.id' as const;
/** Reasoning effort exactly as sent. */
export const ATTR_GEN_AI_REQUEST_REASONING_LEVEL = 'gen_ai.request.reasoning.level' as const;
/** Seed sent. */
export const ATTR_GEN_AI_REQUEST_SEED = 'gen_ai.request.seed' as const;
/** Sequences at which the model stops. */
export const ATTR_GEN_AI_REQUEST_STOP_SEQUENCES = 'gen_ai.request.stop_sequences' as const;
/** True for a streaming request; otherwise absent. */
export const ATTR_GEN_AI_REQUEST_STREAM = 'gen_ai.request.stream' as const;
/** Position from which a stored stream is read on. */
export const ATTR_GEN_AI_REQUEST_STREAM_CURSOR = 'gen_ai.request.stream_cursor' as const;
/** Temperature sent. */
export const ATTR_GEN_AI_REQUEST_TEMPERATURE = 'gen_ai.request.temperature' as const;
/** Top-k of the decoding. */
export const ATTR_GEN_AI_REQUEST_TOP_K = 'gen_ai.request.top_k' as const;
/** Top-p sent. */
export const ATTR_GEN_AI_REQUEST_TOP_P = 'gen_ai.request.top_p' as const;
/** Why the model stopped, one entry per choice. */
export const ATTR_GEN_AI_RESPONSE_FINISH_REASONS = 'gen_ai.response.finish_reasons' as const;
/** Id of the response. */
export const ATTR_GEN_AI_RESPONSE_ID = 'gen_ai.response.id' as const;
/** Model that answered. */
export const ATTR_GEN_AI_RESPONSE_MODEL = 'gen_ai.response.model' as const;
/** State of a stored response. */
export const ATTR_GEN_AI_RESPONSE_STATUS = 'gen_ai.response.status' as const;
/** Seconds from the request to the first chunk of the stream. */
export const ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk' as const;
/** Documents found, with id and score. */
export const ATTR_GEN_AI_RETRIEVAL_DOCUMENTS = 'gen_ai.retrieval.documents' as const;
/** Text the documents were searched with. */
export const ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT = 'gen_ai.retrieval.query.text' as const;
/** Most documents asked for. */
export const ATTR_GEN_AI_RETRIEVAL_TOP_K = 'gen_ai.retrieval.top_k' as const;
/** What the skill is for. */
export const ATTR_GEN_AI_SKILL_DESCRIPTION = 'gen_ai.skill.description' as const;
/** Skill that the tool call loads or uses. */
export const ATTR_GEN_AI_SKILL_NAME = 'gen_ai.skill.name' as const;
/** Resource inside the skill, as a path relative to it. */
export const ATTR_GEN_AI_SKILL_RESOURCE_NAME = 'gen_ai.skill.resource.name' as const;
/** Where the skill comes from, without credentials. */
export const ATTR_GEN_AI_SKILL_SOURCE_URI = 'gen_ai.skill.source.uri' as const;
/** Instructions passed apart from the message history. */
export const ATTR_GEN_AI_SYSTEM_INSTRUCTIONS = 'gen_ai.system_instructions' as const;
/** Modality of the tokens counted by a metric. */
export const ATTR_GEN_AI_TOKEN_MODALITY = 'gen_ai.token.modality' as const;
/** Arguments the tool was called with. */
export const ATTR_GEN_AI_TOOL_CALL_ARGUMENTS = 'gen_ai.tool.call.arguments' as const;
/** Id of the tool call. */
export const ATTR_GEN_AI_TOOL_CALL_ID = 'gen_ai.tool.call.id' as const;
/** What the tool returned. */
export const ATTR_GEN_AI_TOOL_CALL_RESULT = 'gen_ai.tool.call.result' as const;
/** Tools offered to the model. */
export const ATTR_GEN_AI_TOOL_DEFINITIONS = 'gen_ai.tool.definitions' as const;
/** What the tool does. */
export const ATTR_GEN_AI_TOOL_DESCRIPTION = 'gen_ai.tool.description' as const;
/** Name of the tool. */
export const ATTR_GEN_AI_TOOL_NAME = 'gen_ai.tool.name' as const;
/** Kind of tool, such as function, extension or datastore. */
export const ATTR_GEN_AI_TOOL_TYPE = 'gen_ai.tool.type' as const;
/** Input tokens that are audio and came from the provider cache. */
export const ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.audio.cache_read.input_tokens' as const;
/** Input tokens that are audio. */
export const ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS = 'gen_ai.usage.audio.input_tokens' as const;
/** Output tokens that are audio. */
export const ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS = 'gen_ai.usage.audio.output_tokens' as const;
/** Input tokens read from the provider cache. */
export const ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.cache_read.input_tokens' as const;
/** Input tokens written to the provider cache. */
export const ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS = 'gen_ai.usage.cache_write.input_tokens' as const;
/** Input tokens that are image and came from the provider cache. */
export const ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.image.cache_read.input_tokens' as const;
/** Input tokens that are image. */
export const ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS = 'gen_ai.usage.image.input_tokens' as const;
/** Output tokens that are image. */
export const ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS = 'gen_ai.usage.image.output_tokens' as const;
/** Input tokens in all, cached ones included. */
export const ATTR_GEN_AI_USAGE_INPUT_TOKENS = 'gen_ai.usage.input_tokens' as const;
/** Output tokens in all, reasoning included. */
export const ATTR_GEN_AI_USAGE_OUTPUT_TOKENS = 'gen_ai.usage.output_tokens' as const;
/** Output tokens spent on reasoning. */
export const ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS = 'gen_ai.usage.reasoning.output_tokens' as const;
/** Input tokens that are text and came from the provider cache. */
export const ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.text.cache_read.input_tokens' as const;
/** Input tokens that are text. */
export const ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS = 'gen_ai.usage.text.input_tokens' as const;
/** Output tokens that are text. */
export const ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS = 'gen_ai.usage.text.output_tokens' as const;
/** Name of the workflow. */
export const ATTR_GEN_AI_WORKFLOW_NAME = 'gen_ai.workflow.name' as const;
/** How often the request was sent again. */
export const ATTR_HTTP_REQUEST_RESEND_COUNT = 'http.request.resend_count' as const;
/** HTTP status of the response. */
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code' as const;
/** JSON-RPC version. */
export const ATTR_JSONRPC_PROTOCOL_VERSION = 'jsonrpc.protocol.version' as const;
/** Id of the JSON-RPC request. */
export const ATTR_JSONRPC_REQUEST_ID = 'jsonrpc.request.id' as const;
/** Role or group that decided, never a person. */
export const ATTR_LLM_OTEL_APPROVAL_APPROVER = 'llm_otel.approval.approver' as const;
/** What was to be approved. */
export const ATTR_LLM_OTEL_APPROVAL_NAME = 'llm_otel.approval.name' as const;
/** How it was decided. */
export const ATTR_LLM_OTEL_APPROVAL_OUTCOME = 'llm_otel.approval.outcome' as const;
/** Time between the question and the answer. */
export const ATTR_LLM_OTEL_APPROVAL_WAITING_SECONDS = 'llm_otel.approval.waiting_seconds' as const;
/** Number of the attempt, from 1; only on attempts that replace another one. */
export const ATTR_LLM_OTEL_ATTEMPT = 'llm_otel.attempt' as const;
/** Budgets of the run that were exceeded. */
export const ATTR_LLM_OTEL_BUDGET_EXCEEDED = 'llm_otel.budget.exceeded' as const;
/** What the budget limits. */
export const ATTR_LLM_OTEL_BUDGET_KIND = 'llm_otel.budget.kind' as const;
/** Limit of the budget: tokens, micro-USD, steps or seconds. */
export const ATTR_LLM_OTEL_BUDGET_LIMIT = 'llm_otel.budget.limit' as const;
/** What was used when the budget was exceeded. */
export const ATTR_LLM_OTEL_BUDGET_VALUE = 'llm_otel.budget.value' as const;
/** Where content that was moved out of the span is stored. */
export const ATTR_LLM_OTEL_CONTENT_REFERENCES = 'llm_otel.content.references' as const;
/** Content attributes of the span that were cut to their byte budget. */
export const ATTR_LLM_OTEL_CONTENT_TRUNCATED = 'llm_otel.content.truncated' as const;
/** Cost of the call at list price, in millionths of a US dollar; absent for an unknown model or usage. */
export const ATTR_LLM_OTEL_COST_MICRO_USD = 'llm_otel.cost.micro_usd' as const;
/** Which price it is: provider, model and first day in the price table, which tells where it was read; or the attribute in which another library gave the cost. Of several answers all, separated by commas. */
export const ATTR_LLM_OTEL_COST_PRICE_SOURCE = 'llm_otel.cost.price_source' as const;
/** Version of the price table the cost was computed with. */
export const ATTR_LLM_OTEL_COST_PRICE_TABLE = 'llm_otel.cost.price_table' as const;
/** Price tier of the call, where it is not the standard one. */
export const ATTR_LLM_OTEL_COST_TIER = 'llm_otel.cost.tier' as const;
/** Option that was chosen. */
export const ATTR_LLM_OTEL_DECISION_CHOSEN = 'llm_otel.decision.chosen' as const;
/** Confidence in the decision, from 0 to 1. */
export const ATTR_LLM_OTEL_DECISION_CONFIDENCE = 'llm_otel.decision.confidence' as const;
/** Who decided. */
export const ATTR_LLM_OTEL_DECISION_DECIDED_BY = 'llm_otel.decision.decided_by' as const;
/** What was decided. */
export const ATTR_LLM_OTEL_DECISION_NAME = 'llm_otel.decision.name' as const;
/** Options that were considered, the chosen one among them. */
export const ATTR_LLM_OTEL_DECISION_OPTIONS = 'llm_otel.decision.options' as const;
/** Why the option was chosen. */
export const ATTR_LLM_OTEL_DECISION_REASON = 'llm_otel.decision.reason' as const;
/** Scores of the options, in their order; options without one come last. */
export const ATTR_LLM_OTEL_DECISION_SCORES = 'llm_otel.decision.scores' as const;
/** Agent that gave the work to this one and waits for it. */
export const ATTR_LLM_OTEL_DELEGATED_BY = 'llm_otel.delegated_by' as const;
/** Messages in the other vocabulary that are the results of tools that failed; counted from 0, without system instructions. */
export const ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS = 'llm_otel.dialect.failed_results' as const;
/** Messages in the other vocabulary that are one message of the conventions, because each result of a tool is one there: first, last and role, such as `2-4 user`, or `2 user`; counted from 0, without system instructions. */
export const ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES = 'llm_otel.dialect.merged_messages' as const;
/** The vocabulary the span was written in before it was normalised. */
export const ATTR_LLM_OTEL_DIALECT_SOURCE = 'llm_otel.dialect.source' as const;
/** The first system message in the other vocabulary is what the conventions call system instructions; true or absent. */
export const ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE = 'llm_otel.dialect.system_message' as const;
/** What was evaluated, on a span that is there for the result alone, because no logger provider takes the event and the span that was judged has ended. */
export const ATTR_LLM_OTEL_EVALUATION_NAME = 'llm_otel.evaluation.name' as const;
/** Agent that handed over. */
export const ATTR_LLM_OTEL_HAND_OVER_FROM = 'llm_otel.hand_over.from' as const;
/** Why the work was handed over. */
export const ATTR_LLM_OTEL_HAND_OVER_REASON = 'llm_otel.hand_over.reason' as const;
/** Agent that takes over. */
export const ATTR_LLM_OTEL_HAND_OVER_TO = 'llm_otel.hand_over.to' as const;
/** The span was not ended by who started it, or its stream was never read to the end; why it ended, at a time that says nothing. */
export const ATTR_LLM_OTEL_LEFT_OPEN = 'llm_otel.left_open' as const;
/** What the link stands for. */
export const ATTR_LLM_OTEL_LINK_KIND = 'llm_otel.link.kind' as const;
/** Calls in one turn of the loop. */
export const ATTR_LLM_OTEL_LOOP_LENGTH = 'llm_otel.loop.length' as const;
/** Turns of the loop so far. */
export const ATTR_LLM_OTEL_LOOP_REPEATS = 'llm_otel.loop.repeats' as const;
/** Id of the file, batch, job or other object at the provider that a request has made or was about. */
export const ATTR_LLM_OTEL_OBJECT_ID = 'llm_otel.object.id' as const;
/** Id of the object that it is part of, such as the vector store of a file. */
export const ATTR_LLM_OTEL_OBJECT_PART_OF = 'llm_otel.object.part_of' as const;
/** How long the provider asked to wait before the next request. */
export const ATTR_LLM_OTEL_RETRY_AFTER_SECONDS = 'llm_otel.retry_after_seconds' as const;
/** Cost of all calls below the span at list price, in millionths of a US dollar; not for sums over spans. */
export const ATTR_LLM_OTEL_ROLLUP_COST_MICRO_USD = 'llm_otel.rollup.cost.micro_usd' as const;
/** Which of the sums over the calls below the span leave out calls whose amount is not known. */
export const ATTR_LLM_OTEL_ROLLUP_PARTIAL = 'llm_otel.rollup.partial' as const;
/** Input tokens of all calls below the span that were read from a cache. */
export const ATTR_LLM_OTEL_ROLLUP_USAGE_CACHE_READ_INPUT_TOKENS = 'llm_otel.rollup.usage.cache_read.input_tokens' as const;
/** Input tokens of all calls below the span that were written to a cache. */
export const ATTR_LLM_OTEL_ROLLUP_USAGE_CACHE_WRITE_INPUT_TOKENS = 'llm_otel.rollup.usage.cache_write.input_tokens' as const;
/** Input tokens of all calls below the span; not for sums over spans. */
export const ATTR_LLM_OTEL_ROLLUP_USAGE_INPUT_TOKENS = 'llm_otel.rollup.usage.input_tokens' as const;
/** Output tokens of all calls below the span; not for sums over spans. */
export const ATTR_LLM_OTEL_ROLLUP_USAGE_OUTPUT_TOKENS = 'llm_otel.rollup.usage.output_tokens' as const;
/** Reasoning tokens of all calls below the span. */
export const ATTR_LLM_OTEL_ROLLUP_USAGE_REASONING_OUTPUT_TOKENS = 'llm_otel.rollup.usage.reasoning.output_tokens' as const;
/** Loops of tool calls or steps that were seen in the run. */
export const ATTR_LLM_OTEL_RUN_LOOPS = 'llm_otel.run.loops' as const;
/** Part of a run that goes on in another thread or process. */
export const ATTR_LLM_OTEL_RUN_PART = 'llm_otel.run.part' as const;
/** How often the run was paused and resumed before. */
export const ATTR_LLM_OTEL_RUN_RESUMED = 'llm_otel.run.resumed' as const;
/** Steps of the run. */
export const ATTR_LLM_OTEL_RUN_STEPS = 'llm_otel.run.steps' as const;
/** Why the run of the agent ended. */
export const ATTR_LLM_OTEL_RUN_STOP_REASON = 'llm_otel.run.stop_reason' as const;
/** The trace was decided about before its local root had ended, on the local root. */
export const ATTR_LLM_OTEL_SAMPLING_PARTIAL = 'llm_otel.sampling.partial' as const;
/** Someone has forced the sampling decision, on the local root. */
export const ATTR_LLM_OTEL_SAMPLING_PRIORITY = 'llm_otel.sampling.priority' as const;
/** The sampling rule that kept the trace, on its local root. */
export const ATTR_LLM_OTEL_SAMPLING_RULE = 'llm_otel.sampling.rule' as const;
/** How much harm the content of the span could do in wrong hands; stores keep it accordingly long. */
export const ATTR_LLM_OTEL_SENSITIVITY = 'llm_otel.sensitivity' as const;
/** Position of the step in its run, in the order the steps started, from 0. */
export const ATTR_LLM_OTEL_STEP_INDEX = 'llm_otel.step.index' as const;
/** Name of the step, few distinct values; on the metric, and on a step outside of a run. */
export const ATTR_LLM_OTEL_STEP_NAME = 'llm_otel.step.name' as const;
/** How the stream ended. */
export const ATTR_LLM_OTEL_STREAM_OUTCOME = 'llm_otel.stream.outcome' as const;
/** Mean time between two chunks of the stream, in seconds. */
export const ATTR_LLM_OTEL_STREAM_TIME_PER_OUTPUT_CHUNK = 'llm_otel.stream.time_per_output_chunk' as const;
/** Cost of the same calls at list price, in millionths of a US dollar, on the local root; absent where no cost is known. */
export const ATTR_LLM_OTEL_TRACE_COST_MICRO_USD = 'llm_otel.trace.cost.micro_usd' as const;
/** Which of the totals leave out calls whose amount is not known, on the local root. */
export const ATTR_LLM_OTEL_TRACE_PARTIAL = 'llm_otel.trace.partial' as const;
/** Input and output tokens of all model calls of the trace in this process, on the local root. */
export const ATTR_LLM_OTEL_TRACE_TOKENS = 'llm_otel.trace.tokens' as const;
/** How many answers the tokens and the cost of the span are of, each at its own price, where that is not the last one alone, as of a stream that asked again. */
export const ATTR_LLM_OTEL_USAGE_ANSWERS = 'llm_otel.usage.answers' as const;
/** Part of the tokens written to the cache that is kept for an hour. */
export const ATTR_LLM_OTEL_USAGE_CACHE_WRITE_ONE_HOUR_INPUT_TOKENS = 'llm_otel.usage.cache_write.one_hour.input_tokens' as const;
/** Token counts of the span that were counted here because the provider reported none. */
export const ATTR_LLM_OTEL_USAGE_ESTIMATED = 'llm_otel.usage.estimated' as const;
/** The tokens of the span repeat those of the calls below it; false on a run that has them from no call below it; else absent. */
export const ATTR_LLM_OTEL_USAGE_ROLLUP = 'llm_otel.usage.rollup' as const;
/** Method of the MCP request or notification. */
export const ATTR_MCP_METHOD_NAME = 'mcp.method.name' as const;
/** MCP version in use. */
export const ATTR_MCP_PROTOCOL_VERSION = 'mcp.protocol.version' as const;
/** URI of the MCP resource. */
export const ATTR_MCP_RESOURCE_URI = 'mcp.resource.uri' as const;
/** Id of the MCP session. */
export const ATTR_MCP_SESSION_ID = 'mcp.session.id' as const;
/** Application protocol, such as http. */
export const ATTR_NETWORK_PROTOCOL_NAME = 'network.protocol.name' as const;
/** Version of the application protocol. */
export const ATTR_NETWORK_PROTOCOL_VERSION = 'network.protocol.version' as const;
/** Transport: pipe, tcp, quic. */
export const ATTR_NETWORK_TRANSPORT = 'network.transport' as const;
/** OpenAI API that was called. */
export const ATTR_OPENAI_API_TYPE = 'openai.api.type' as const;
/** Service tier asked for. */
export const ATTR_OPENAI_REQUEST_SERVICE_TIER = 'openai.request.service_tier' as const;
/** Service tier that served the request. */
export const ATTR_OPENAI_RESPONSE_SERVICE_TIER = 'openai.response.service_tier' as const;
/** Fingerprint of the environment that answered. */
export const ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT = 'openai.response.system_fingerprint' as const;
/** Name of the executable that ran. */
export const ATTR_PROCESS_EXECUTABLE_NAME = 'process.executable.name' as const;
/** Path of the executable that ran. */
export const ATTR_PROCESS_EXECUTABLE_PATH = 'process.executable.path' as const;
/** Exit code of the process. */
export const ATTR_PROCESS_EXIT_CODE = 'process.exit.code' as const;
/** Status code of the RPC, as text. */
export const ATTR_RPC_RESPONSE_STATUS_CODE = 'rpc.response.status_code' as const;
/** Host the request went to. */
export const ATTR_SERVER_ADDRESS = 'server.address' as const;
/** Port the request went to. */
export const ATTR_SERVER_PORT = 'server.port' as const;

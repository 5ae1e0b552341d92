// Asks a model through OpenAI's Responses API; started by a coding agent's command, the call appears inside the agent's session.
//   OPENAI_API_KEY=... npm start -- "Name three colours" [--stream]
// OPENAI_BASE_URL and OPENAI_MODEL choose another address and model.
import './telemetry';
import { context } from '@opentelemetry/api';
import OpenAI from 'openai';
import { caller, flush } from './telemetry';

const args = process.argv.slice(2);
const model = process.env.OPENAI_MODEL || 'gpt-5.5';
const input = args.find((argument) => !argument.startsWith('--')) ?? 'Say hello.';

async function ask(): Promise<void> {
  const client = new OpenAI();
  if (args.includes('--stream')) {
    for await (const event of await client.responses.create({ model, input, stream: true })) {
      if (event.type === 'response.output_text.delta') {
        process.stdout.write(event.delta);
      }
    }
    console.log();
  } else {
    console.log((await client.responses.create({ model, input })).output_text);
  }
}

context
  .with(caller, ask)
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(flush);

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { localAccessKeys } from '../endpoint/aws-environment.ts';
import { type Finding, fine, note } from './finding.ts';

/** Access keys that no AWS account has. */
const local = new Set(['test', ...Object.keys(localAccessKeys)]);

/** Credentials that lead to AWS. It looks for names alone, and reads no secret. */
export function examineCredentials(environment: NodeJS.ProcessEnv, home = homedir()): Finding {
  const { AWS_ACCESS_KEY_ID: key, AWS_PROFILE: profile } = environment;
  const files = [
    environment['AWS_SHARED_CREDENTIALS_FILE'] || join(home, '.aws', 'credentials'),
    environment['AWS_CONFIG_FILE'] || join(home, '.aws', 'config'),
  ];
  const found = [
    ...(key && !local.has(key) ? ['AWS_ACCESS_KEY_ID'] : []),
    ...(profile ? [`AWS_PROFILE (${profile})`] : []),
    ...(environment['AWS_ROLE_ARN'] || environment['AWS_WEB_IDENTITY_TOKEN_FILE'] ? ['AWS_ROLE_ARN'] : []),
    ...files.filter((file) => existsSync(file)),
  ];
  if (found.length === 0) {
    return fine('credentials', 'none that lead to AWS');
  }
  return note(
    'credentials',
    `for AWS: ${found.join(', ')}`,
    'Nothing: no command uses them without --aws. For plain tools in this shell: eval "$(npm run -s env)"',
  );
}

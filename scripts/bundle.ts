import { join } from 'node:path';
import { BundleFailed, bundleFunctions } from './bundle/bundle-functions.ts';

const repository = join(import.meta.dirname, '..');

try {
  const bundles = await bundleFunctions({ source: join(repository, 'functions'), target: join(repository, 'dist') });
  // To stderr, because the CDK CLI runs this before `cdk synth` prints a template.
  for (const { name, bytes } of bundles.filter((bundle) => bundle.changed)) {
    console.error(`bundled ${name}: ${Math.ceil(bytes / 1024)} KB`);
  }
} catch (error) {
  if (!(error instanceof BundleFailed)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

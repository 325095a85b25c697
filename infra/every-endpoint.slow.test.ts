import { expect, test } from 'vitest';
import { z } from 'zod';
import { snapshots, twoDigits } from '../workshop/snapshots.ts';
import { appOverPlaceholders, templateOf } from './synthesis.fixture.ts';

const app = appOverPlaceholders();
const template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

/** LocalStack's free edition takes a custom resource for created and never calls its function. */
const isCustom = (type: string) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

test.each(snapshots.map(({ number }) => `Factor${twoDigits(number)}`))(
  '%s has no custom resource, so that every endpoint can deploy the whole of it',
  (stage) => {
    const { Resources } = template.parse(templateOf(app, `${stage}/Prod`).toJSON());
    expect(Object.entries(Resources).filter(([, { Type }]) => isCustom(Type))).toEqual([]);
  },
);

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import { bucket, cloudformation, type HostileRequest, s3 } from './wire-calls.fixture.ts';

const queue = { Type: 'AWS::SQS::Queue' };
const validate = (template: object | string) => () =>
  cloudformation('ValidateTemplate', {
    TemplateBody: typeof template === 'string' ? template : JSON.stringify(template),
  });
const create =
  (template: object, more: Record<string, string> = {}) =>
  () =>
    cloudformation('CreateStack', { StackName: 'hostile', TemplateBody: JSON.stringify(template), ...more });
const inS3 = (key: string, template: string) => [() => bucket('hostile'), () => s3('PUT', `/hostile/${key}`, template)];
const validateInS3 = (key: string) => () =>
  cloudformation('ValidateTemplate', { TemplateURL: `https://hostile.s3.amazonaws.com/${key}` });

/** A function of itself of itself, so many times. */
const nested = (levels: number, around: (inner: unknown) => unknown, inner: unknown): unknown =>
  levels === 0 ? inner : nested(levels - 1, around, around(inner));

const laughs = [
  'a0: &a0 x',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`),
];
const chain = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`Q${i}`, { ...queue, DependsOn: `Q${i + 1}` }]));

export const hostileTemplates: readonly HostileRequest[] = [
  { what: 'YAML aliases of aliases', request: validate(laughs.join('\n')), status: 400, says: /aliases/ },
  { what: 'a YAML alias within itself', request: validate('Resources: &a {Q: *a}'), status: 400, says: /alias/ },
  { what: 'YAML that nests', request: validate(`a: ${'['.repeat(50_000)}`), status: 400, says: /nests deeper/ },
  {
    what: 'JSON that nests, in a template',
    request: validate(`{"a":${'['.repeat(50_000)}`),
    status: 400,
    says: /nests deeper/,
  },
  { what: 'a template past 51,200 bytes', request: validate('x'.repeat(5_000_000)), status: 400, says: /51200/ },
  {
    what: 'a template past 1 MB',
    before: inS3('large', 'x'.repeat(5_000_000)),
    request: validateInS3('large'),
    status: 400,
    says: /1048576/,
  },
  {
    what: 'a megabyte of YAML',
    before: inS3('yaml', 'a: 1\nb: [1,2,3]\n---\n'.repeat(50_000)),
    request: validateInS3('yaml'),
    status: 400,
    says: /not well-formed/,
  },
  {
    what: 'a megabyte of YAML keys',
    before: inS3('keys', Array.from({ length: 80_000 }, (_, i) => `k${i}: 1`).join('\n')),
    request: validateInS3('keys'),
    status: 400,
    says: /Invalid template property/,
  },
  {
    what: 'a megabyte of braces in Fn::Sub',
    before: inS3(
      'sub',
      JSON.stringify({
        Resources: { Q: { ...queue, Properties: { QueueName: { 'Fn::Sub': '${'.repeat(500_000) } } } },
      }),
    ),
    request: validateInS3('sub'),
    status: 200,
  },
  {
    what: 'a separator of Fn::Split that every part of the text nearly is',
    before: inS3(
      'split',
      JSON.stringify({
        Resources: { Q: queue },
        Conditions: {
          C: {
            'Fn::Equals': [
              '',
              {
                'Fn::Join': [
                  '',
                  { 'Fn::Split': [`${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`, 'a'.repeat(700_000)] },
                ],
              },
            ],
          },
        },
      }),
    ),
    request: () =>
      cloudformation('CreateStack', { StackName: 'split', TemplateURL: 'https://hostile.s3.amazonaws.com/split' }),
    status: 200,
  },
  {
    what: 'a chain of 10,000 resources',
    before: inS3('chain', JSON.stringify({ Resources: { ...chain(10_000), Q10000: queue } })),
    request: validateInS3('chain'),
    status: 400,
    says: /Number of resources, 10001/,
  },
  {
    what: 'a chain of 10,000 conditions',
    before: inS3(
      'conditions',
      JSON.stringify({
        Resources: { Q: queue },
        Conditions: Object.fromEntries(
          Array.from({ length: 10_000 }, (_, i) => [`C${i}`, { 'Fn::Not': [{ Condition: `C${i + 1}` }] }]),
        ),
      }),
    ),
    request: () =>
      cloudformation('CreateStack', {
        StackName: 'hostile',
        TemplateURL: 'https://hostile.s3.amazonaws.com/conditions',
      }),
    status: 400,
    says: /C10000/,
  },
  {
    what: 'a host name of S3 with many hyphens',
    request: () =>
      cloudformation('ValidateTemplate', { TemplateURL: `https://s3${'-a'.repeat(2000)}.example.com/b/k` }),
    status: 400,
    says: /TemplateURL/,
  },
  {
    what: 'Fn::Sub that doubles itself',
    request: create({
      Resources: {
        Q: { ...queue, Properties: { QueueName: nested(30, (a) => ({ 'Fn::Sub': ['${a}${a}', { a }] }), 'x') } },
      },
      Conditions: { C: { 'Fn::Equals': [nested(30, (a) => ({ 'Fn::Sub': ['${a}${a}', { a }] }), 'x'), ''] } },
    }),
    status: 400,
    says: /resolves to more than/,
  },
  {
    what: 'an AllowedPattern that tries every way',
    request: create(
      { Resources: { Q: queue }, Parameters: { P: { Type: 'String', AllowedPattern: '(a+)+$' } } },
      { 'Parameters.member.1.ParameterKey': 'P', 'Parameters.member.1.ParameterValue': `${'a'.repeat(40)}!` },
    ),
    status: 400,
    says: /must match pattern/,
  },
  {
    what: 'DependsOn that is a number',
    request: validate({ Resources: { Q: { ...queue, DependsOn: 5 } } }),
    status: 400,
    says: /DependsOn must be a string/,
  },
];

import { expect, test } from 'vitest';
import { oneLine, reasonOf } from './reason.ts';

const ended = (stdout: string, stderr = '') => ({ code: 1, stdout, stderr });

test.each([
  ['an error that a command tells', ended('Endpoint: x', 'warming up\nerror The oven is cold.'), 'The oven is cold'],
  [
    'what the CDK CLI marks, before its summary',
    ended('', 'a\n❌  Factor00 failed: Error: no flour\nb'),
    'Factor00 failed: Error: no flour',
  ],
  [
    'what an error refers to',
    ended('', 'b\nOther CLIs are at work\nerror The deploy failed. Its last lines say why.'),
    'Other CLIs are at work',
  ],
  [
    'an error of several lines',
    ended('', 'error It cannot be bootstrapped:\none\nno flour'),
    'It cannot be bootstrapped: no flour',
  ],
  [
    'the resource that a deploy failed by',
    ended(
      '',
      [
        'F | 1/2 | UPDATE_FAILED | AWS::CloudFormation::Stack | F',
        'F | 1/2 | UPDATE_FAILED | AWS::Lambda::Alias | F/Prod/Live (Live1) Error (Conflict) when it was made',
        '❌  F failed to deploy',
      ].join('\n'),
    ),
    'F failed to deploy: AWS::Lambda::Alias: Error (Conflict) when it was made',
  ],
  ['a line with an error in it', ended('one\nSome error came\ntwo'), 'Some error came'],
  ['else the last line', ended('one\ntwo\n'), 'two'],
  ['that nothing was said', ended(''), 'it ended with 1 and said nothing'],
])('the reason is %s', (_, command, reason) => {
  expect(reasonOf(command)).toBe(reason);
});

test('what differs from run to run is left out', () => {
  const said = 'http://127.0.0.1:4971 lost /home/ada/factory/x.ts of 30dcef66-0af2-89aa-8c5b-412ee4e59603.\nAgain';
  expect(oneLine(said, '/home/ada/factory')).toBe('ENDPOINT lost ./x.ts of ID. Again');
  expect(oneLine('x'.repeat(400))).toHaveLength(303);
});

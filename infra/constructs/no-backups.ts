/** Why the factory's tables have no point-in-time recovery; a factory that sells cookies should switch it on instead. */
export const noBackups = {
  id: 'AwsSolutions-DDB3',
  reason:
    'A workshop table is deployed to be destroyed: its orders are invented and its recipes are in the repository.',
} as const;

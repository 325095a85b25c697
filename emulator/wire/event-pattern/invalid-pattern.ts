/** What is wrong with an event pattern; a service turns it into its own error. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
}

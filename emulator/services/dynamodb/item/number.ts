/** Whether a request may have a number with a plus in front of it, such as `+1E6`: few have. */
export const signedNumber = /"NS?"\s*:\s*(?:"\+|\[[^\]]*"\+)/;

/** A request whose numbers have no plus in front of them. DynamoDB takes them, and dynalite does not. */
export function withoutPlus(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutPlus);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isNumber = name === 'N' && typeof member === 'string';
      const areNumbers = name === 'NS' && Array.isArray(member) && member.every((one) => typeof one === 'string');
      if (isNumber) {
        return [name, member.replace(/^\+/, '')];
      }
      return [name, areNumbers ? member.map((one) => one.replace(/^\+/, '')) : withoutPlus(member)];
    }),
  );
}

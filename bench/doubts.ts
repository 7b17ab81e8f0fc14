/** What contradicts itself in the measurement that this process makes. */
export const doubts: string[] = [];

/** Notes that something measured cannot be believed, and why. */
export const doubt = (why: string): void => {
  doubts.push(why);
};

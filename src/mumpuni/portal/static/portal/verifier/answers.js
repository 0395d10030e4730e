// How a check ends when it does not end well; the reasons are words that the page has texts for.

/** It is shown not to hold. */
export class Wrong extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

/** Nobody can say here and now whether it holds. */
export class Unknown extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

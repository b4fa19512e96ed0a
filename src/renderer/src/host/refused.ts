/** The other side lets this page in no more, however often it asks: it needs what a person or another page can give. */
export class Refused extends Error {}

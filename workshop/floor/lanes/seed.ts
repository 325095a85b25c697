/** From which the wishes of customers are made, in every lane alike. */
export const seed = 12;

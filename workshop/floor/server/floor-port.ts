/** Where the floor is if nobody says otherwise. */
export const defaultFloorPort = 4570;

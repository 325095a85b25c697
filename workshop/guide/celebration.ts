/** What is said when the last of the twelve is proved. */
export const celebration = String.raw`
       .-~~~~~~-.
     .' o    o   '.
    /    o     o   \
   |  o      o     |     All twelve factors are proved.
   |     o      o  |     The factory is yours.
    \  o    o     /
     '.   o    o.'       Next: npm run compare
       '-.____.-'
`;

# the abbreviations of the built-in actions
dirs a
printf '[a]\n' >.mrconfig
for word in st sta up u ch co ci di d l li ls lo log g gr f fe p pu r re rec reg ru cl cle com con o h he upd update_x T e; do
	run mr $word
done

# what a trusted file includes is trusted; an untrusted file cannot include
mkdir -p sub/a
printf '[sub]\ninclude = cat sub/extra\n' >.mrconfig
printf '[sub/a]\nsay = echo hello\n' >sub/extra
run mr say

# fish completion for mr(1): everything is asked of `mr --complete`, so that it knows the user's own configuration.

function __mr_complete
    type -q -f mr; or return
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l word (commandline -ct)
    set -l known
    # --directory=DIR is asked for as --directory DIR.
    set -l before ''
    if string match -q -- '--*=*' $word
        set before (string replace -r '=.*' '=' -- $word)
        set -a typed (string replace -r '=.*' '' -- $word)
        set word (string replace -r '^[^=]*=' '' -- $word)
    end
    for line in (command mr --complete mr $typed "$word" 2>/dev/null </dev/null)
        switch $line
            case :files
                __fish_complete_path $before$word
            case :dirs
                for dir in (__fish_complete_directories $before$word)
                    contains -- (string replace -r '/\t.*' '' -- $dir) $known; or printf '%s\n' $dir
                end
            case '*'
                set -a known $before$line
                printf '%s\n' $before$line
        end
    end
end

complete -c mr -f -k -a '(__mr_complete)'

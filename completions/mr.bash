# bash completion for mr(1): everything is asked of `mr --complete`, so that it knows the user's own configuration.
# Needs bash 4.3 or later and nothing else; install it as mr in the bash-completion directory, or source it.

# _mr_unquote WORD: what bash would make of the word's quotes, without running anything; the answer is in REPLY.
_mr_unquote() {
	local rest=$1 quote= char
	REPLY=
	while [[ -n $rest ]]; do
		char=${rest:0:1} rest=${rest:1}
		if [[ $quote == "'" ]]; then
			if [[ $char == "'" ]]; then quote=; else REPLY+=$char; fi
		elif [[ $char == \\ ]]; then
			# Between double quotes the backslash stays where it protects nothing.
			if [[ $quote && ${rest:0:1} != [\"\\\$\`] ]]; then REPLY+=$char; fi
			REPLY+=${rest:0:1} rest=${rest:1}
		elif [[ $char == "$quote" ]]; then
			quote=
		elif [[ -z $quote && $char == [\"\'] ]]; then
			quote=$char
		else
			REPLY+=$char
		fi
	done
}

# The words up to the cursor, unquoted and put together again where bash splits at = or :, in _mr_words; what stands before the part
# that readline replaces in _mr_kept, that part as typed in _mr_typed.
_mr_read_line() {
	local line=${COMP_LINE:0:COMP_POINT} i raw blanks
	_mr_words=() _mr_kept=
	for ((i = 0; i <= COMP_CWORD; i++)); do
		blanks=${line%%[^[:blank:]]*}
		line=${line:${#blanks}}
		raw=${COMP_WORDS[i]}
		((i == COMP_CWORD)) && raw=$line
		line=${line:${#raw}}
		_mr_typed=$raw
		[[ $raw == [=:]* ]] && _mr_typed=
		_mr_unquote "$raw"
		if ((i > 0)) && [[ -z $blanks ]]; then
			_mr_words[-1]+=$REPLY
		else
			_mr_words+=("$REPLY")
		fi
		_mr_unquote "$_mr_typed"
		_mr_kept=${_mr_words[-1]%"$REPLY"}
	done
}

_mr() {
	local _mr_words _mr_kept _mr_typed REPLY line before='' word marker=
	COMPREPLY=()
	type -P mr >/dev/null || return 0
	_mr_read_line
	# --directory=DIR is asked for as --directory DIR.
	word=${_mr_words[-1]}
	if [[ $word == --*=* ]]; then
		before=${word%%=*}=
		_mr_words[-1]=${word%%=*}
		word=${word#*=}
		_mr_words+=("$word")
	fi
	while IFS= read -r line; do
		line=${line%%$'\t'*}
		if [[ $line == :* ]]; then
			marker=$line
		elif [[ $line == "$word"* ]]; then
			line=$before$line
			COMPREPLY+=("${line#"$_mr_kept"}")
		fi
	done < <(mr --complete mr "${_mr_words[@]:1}" 2>/dev/null)
	case $marker in
	:files) ((${#COMPREPLY[@]})) || compopt -o default ;;
	:dirs) compopt -o filenames -o plusdirs ;;
	*) _mr_quote ;;
	esac
} 2>/dev/null

# Candidates that are no files: readline quotes them not, and after name= no blank is wanted.
_mr_quote() {
	local i
	for i in "${!COMPREPLY[@]}"; do
		[[ ${COMPREPLY[i]} == *= ]] && compopt -o nospace
		[[ $_mr_typed == [\"\']* || ${COMPREPLY[i]} == *= ]] || printf -v "COMPREPLY[i]" %q "${COMPREPLY[i]}"
	done
}

complete -F _mr mr

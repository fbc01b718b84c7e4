# Search
search-title = Search
search-go = Search
search-found = { $n } found
search-kinds = What can be searched: { $kinds }. Write a name, a number or a part of it; separate several words by spaces.
search-none = Nothing was found.{" "}
search-unit = Units
search-person = People
search-indicator = Indicators
search-standard = Standards
search-all = All { $n }
search-first = The first { $n }

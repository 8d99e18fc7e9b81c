"""The words around a name that speak for a person: what stands before it and what stands behind."""

import re

# Behind these any word may be a name that is not an everyday word.
STRONG = re.compile(
    r"(?:\b(?:named|name(?:'s)?(?:\s+is|\s+was)?\s*[:=]?|name\s+of|called|nickname|goes by|aka|a\.k\.a\.|first name|last name|surname|attn:?|attention:|c/o|dear|initials?(?:\s+(?:are|is|were))?|signed(?:\s+by)?|sincerely,?|regards,?"
    r"|pt:|patient:|re:|from:|to:|cc:|resident:|client:|provider:|guarantor:|baby boy|baby girl|bb|bg))\s*[\"'“(]?$",
    re.IGNORECASE,
)
# Behind these a word of the lists may be a name.
MEDIUM = re.compile(
    r"(?:\b(?:i am|i'm|im|this is|it's|its|hi|hello|hey|thanks|ask(?:ed)?(?:\s+for)?|tell|told|(?:spoke|talk|speak|talked|send it|sent it) (?:to|with)|email(?:ed)?|call(?:ed)?|saw|met|with|for|from|our|my))[,:]?\s*[\"'“(]?$",
    re.IGNORECASE,
)
# Behind these stands a person if a name stands there.
FAMILY = re.compile(
    r"\b(?:mother|mom|mum|father|dad|son|daughter|wife|husband|sister|brother|aunt|uncle|practitioner|receptionist|nurse|named|colleague|boss|coworker)\s$",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"(?:\b(?:patients?|docs?|doctor|physician|provider|practitioner|tech|specialist|guy|doctors|pts?|client|resident|caregiver|member|subscriber|employee|nurse|ma|pa|np|rn|lpn|cna|pas|therapist|receptionist|manager|director|admin|assistant|owner|officer|consultant|colleague|boss|coworker|biller|coder"
    r"|sir|lady|captain|pastor|matron|auntie|grandpa"
    r"|mother|mom|mum|father|dad|son|daughter|wife|husband|sister|brother|baby|infant|child|kid|boy|girl|twins?|uncle|aunt|grandma|cousin|friend|neighbou?r|widow|partner|spouse|guardian|parent))[,:]?\s*[\"'“(]?$",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"^(?:['’]s\b|[,;]?\s*(?:\(?\d{1,3}\s?(?:yo|y/o|m\b|f\b|years?|,)|,\s*\d{1,3}\b|(?:is|was)\s+(?:a|our|my|the|one)\b|(?:from|in|at)\s(?:the\s)?(?:front|billing|it\b|hr\b|registration|accounting|scheduling|reception|lab|nursing|compliance|cardiology|records)|and i\b|(?:RN|MD|DO|NP|PA-C|LPN|DDS|PhD|PharmD|MBA|CNA|LCSW)\b|knows?\b|hates?\b|types?\b|quit\b|uses it\b|fell\b|posted\b|logged\b|here\b|who\b|age\b|vs\b|the\s(?:practice|nurse|office|front|new|night|head|clinic|billing)\b|(?:says?|said|thinks?|wants?|asked|asks|told|called|rang|calls|needs?|refused|came|died|got|has|had|does|did|signed|typed|put|left|left us|wrote|works?|and i|dob|mrn|presents?|complained|declined|in (?:it|billing|hr|registration|accounting|cardiology|scheduling))\b))",
    re.IGNORECASE,
)
ACTS = re.compile(
    r"^(?:['’]s\b|,|\s(?:has|had|is|was|says|said|wants|wanted|needs|who|got|does|did|asked|thinks|told|called|likes|loves|hates|refuses|in (?:it|billing|hr|registration|accounting|scheduling|reception|cardiology)\b))",
    re.IGNORECASE,
)

# Behind these an unknown capital is a person: one asks, tells and thanks people, not products.
ADDRESSED = re.compile(
    r"(?:\b(?:i am|i'm|im|this is|hi|hello|hey|thanks|thank you|thx|ask(?:ed)?(?:\s+for)?|tell|told|(?:spoke|talk|speak|talked) (?:to|with)|email(?:ed)?|call(?:ed)?|met|little|cc|copy|next of kin|emergency contact|pcp|bill went to|widow of|husband of|wife of|mother of|son of|daughter of|parents? of|family of|letter to|note for|appointment for|summary of|chart of|photo of|signed by)|(?:^|\n)\s*(?:-|–|—))[,:]?\s*[\"'“(]?$",
    re.IGNORECASE,
)
# What only a person does or has, so that even an unknown word before it is a name.
ONLY_PERSON = re.compile(
    r"^(?:\s\(?(?:dob|mrn)\b|['’]s\s(?:mri|ct|x-?ray|charts?|labs?|notes?|records?|mom|mum|mother|dad|father|son|daughter|wife|husband|family|visit|appointment|a1c|bp|insulin|meds?|surgery|knee|hip|scan|biopsy|refills?|birthday)\b"
    r"|[,;]?\s*(?:\(?\d{1,3}\s?(?:yo|y/o|[mf]\b|years?)|,\s*\d{1,3}\s*[,.]|age\b|(?:RN|MD|DO|NP|PA-C|LPN|DDS|PhD|PharmD|MBA|CNA|LCSW)\b|died\b|fell\b|quit\b|refused\b|logged in\b|in (?:billing|hr|it|registration|accounting|scheduling)\b"
    r"|from (?:the\s)?(?:front|billing|it\b|hr\b|registration|accounting|scheduling|reception)|and i\b|and (?:her|his) (?:son|daughter|wife|husband|mother|father|mom|dad|kids?|baby)\b|family\b|baby\b|twins\b|household\b|estate\b|signed the\b|hates\b|knows the\b|no show|- no show|here,))",
    re.IGNORECASE,
)

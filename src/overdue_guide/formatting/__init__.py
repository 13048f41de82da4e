"""One way to write an article's file: same page, same search, less to argue about in a review.

``whole`` is the way in. It takes each step only if the page still says the same afterwards.
"""
